import { group } from '@pointbook/shared/money'
import { databaseCode } from '../database/failures.ts'
import { UnusableDatabase } from '../database/unusable.ts'
import { BackupFault } from './format.ts'

/** A line on the terminal that is written anew; nothing where the output is no terminal. */
export function progress(output: NodeJS.WriteStream) {
  let shownMs = 0
  return {
    show: (what: string, { rows, of }: { rows: number; of: number }) => {
      const now = performance.now()
      if (!output.isTTY || (now - shownMs < 100 && rows < of)) return
      shownMs = now
      output.write(`\r\x1b[K${what}: ${group(rows)} of ${group(of)} rows`)
    },
    end: () => {
      if (output.isTTY) output.write('\r\x1b[K')
    },
  }
}

/** The reason of a failure that the operator can do something about; undefined for other errors. */
export function faultOf(error: unknown): string | undefined {
  if (error instanceof BackupFault || error instanceof UnusableDatabase) return error.message
  const code = databaseCode(error)
  if (code) return `the database failed (${code}).`
  const { code: system, path } = error as NodeJS.ErrnoException
  if (system === 'ENOSPC') return 'the disk is full: free some space and run it again.'
  return system && path ? `${path} cannot be used (${system}).` : undefined
}
