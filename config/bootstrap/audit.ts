import { runOnProduct } from './script.ts'

/** npm run ledger:audit: checks the books. */
export function main(args: string[]) {
  return runOnProduct('server/src/book/audit-cli.ts', args)
}
