import { runOnProduct } from './script.ts'

/** npm run ledger:audit: checks the books. */
export function main(args: string[]) {
  return runOnProduct('server/src/audit.ts', args)
}
