import { addMs, instant } from '@pointbook/shared/day'
import { readBackups } from '../../../platform/backup/records.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'

const OLD_MS = 2 * 86_400_000

export function backupRoutes(handle: Handle, { db, env }: Server) {
  handle('GET /admin/backups', async () => {
    const { made, proof, failingSince, kept } = await readBackups(db)
    return {
      nightly: env.backup.folder !== '',
      last: made && {
        at: made.at,
        file: made.file,
        bytes: made.bytes,
        encrypted: made.encrypted,
        rows: made.rows,
        pictures: made.pictures,
        isOld: made.at < addMs(instant(new Date()), -OLD_MS),
      },
      proof: proof && { at: proof.at, file: proof.file, backupAt: proof.backupAt, passed: proof.passed },
      failingSince,
      kept,
    }
  })
}
