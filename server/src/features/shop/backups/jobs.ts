import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { addMs, instant } from '@pointbook/shared/day'
import type { AuditPart } from '../../../book/audit-part.ts'
import { backupFolder, backupName, isBackupName, timeIn } from '../../../platform/backup/names.ts'
import { readBackups, recordFailure, recordKept, recordMade, recordProof } from '../../../platform/backup/records.ts'
import { marksOf } from '../../../platform/backup/secret-marks.ts'
import { writeBackup } from '../../../platform/backup/write.ts'
import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { outlived } from './kept.ts'
import { proofOf } from './prove.ts'

const UNFINISHED = '.part'
const HOUR_MS = 3_600_000

/** A backup each night and a proof of the newest each week, when a folder for backups is set. */
export const backupJobs = (server: Server, parts: readonly AuditPart[]): Job[] =>
  server.env.backup.folder
    ? [
        { name: 'backup', pattern: '50 4 * * *', run: () => backUp(server) },
        { name: 'prove-backup', pattern: '20 5 * * 0', run: () => proveNewest(server, parts) },
      ]
    : []

async function backUp(server: Server): Promise<void> {
  const { db, env } = server
  const now = instant(new Date())
  const { made } = await readBackups(db)
  // A demo that travels through many nights at once needs one backup.
  if (made && made.at > addMs(now, -HOUR_MS)) return
  const folder = backupFolder(env)
  const encrypted = env.backup.key !== ''
  const file = backupName(now, encrypted)
  try {
    await mkdir(folder, { recursive: true })
    const { header, trailer, bytes } = await writeBackup({
      url: env.databaseUrl!,
      home: env.home,
      file: path.join(folder, file),
      key: env.backup.key,
      secrets: marksOf(env.secrets),
    })
    await recordMade(db, { header, trailer, bytes, file, encrypted })
  } catch (error) {
    await recordFailure(db, now)
    throw error
  }
  const kept = await tidy(folder)
  await recordKept(db, { count: kept.length, oldestAt: timeIn(kept[0]!) })
}

/** Restores the newest backup aside and audits its books; without a backup there is nothing to prove. */
async function proveNewest({ db, env }: Server, parts: readonly AuditPart[]): Promise<void> {
  const folder = backupFolder(env)
  const newest = (await readdir(folder)).filter(isBackupName).sort().at(-1)
  if (!newest) return
  const [url, { sealSecret }] = [env.databaseUrl!, env.secrets]
  const { proof } = await proofOf(path.join(folder, newest), {
    url,
    adminUrl: env.databaseAdminUrl ?? url,
    key: env.backup.key,
    sealSecret,
    parts,
  })
  await recordProof(db, proof)
  if (!proof.passed) throw new Error('the newest backup cannot be used')
}

/** Removes what is no longer kept, and what killed backups left. Returns the names that stay, the oldest first. */
async function tidy(folder: string): Promise<string[]> {
  const all = await readdir(folder)
  const names = all.filter(isBackupName)
  const old = outlived(names)
  for (const name of old) await rm(path.join(folder, name), { force: true })
  for (const name of all.filter((each) => each.endsWith(UNFINISHED) && isBackupName(each.slice(0, -UNFINISHED.length))))
    if ((await stat(path.join(folder, name))).mtimeMs < Date.now() - 24 * HOUR_MS) await rm(path.join(folder, name))
  return names.filter((name) => !old.includes(name)).sort()
}
