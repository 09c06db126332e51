import { runOnProduct } from './script.ts'

/** npm run admin -- list | reset LOGIN: the accounts of the panel. */
export function main(args: string[]) {
  return runOnProduct('server/src/admin.ts', args)
}
