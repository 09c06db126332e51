import { runOnProduct } from './script.ts'

/** npm run restore -- FILE: loads a backup into an empty database. */
export function main(args: string[]) {
  return runOnProduct('server/src/restore.ts', args)
}
