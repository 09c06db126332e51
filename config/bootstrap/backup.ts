import { runOnProduct } from './script.ts'

/** npm run backup: writes the whole shop to a file, or proves such a file (--verify FILE). */
export function main(args: string[]) {
  return runOnProduct('server/src/backup.ts', args)
}
