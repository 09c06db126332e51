import path from 'node:path'
import { parseArgs } from 'node:util'
import { readEnv } from '@pointbook/config/env'
import { instant } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { proofOf } from './features/shop/backups/prove.ts'
import { auditParts } from './features.ts'
import { BackupFault, rowsOf } from './platform/backup/format.ts'
import { backupFolder, backupName } from './platform/backup/names.ts'
import { recordMade, recordProof } from './platform/backup/records.ts'
import { faultOf, progress } from './platform/backup/report.ts'
import { marksOf } from './platform/backup/secret-marks.ts'
import { writeBackup } from './platform/backup/write.ts'
import { type Database, openDatabase } from './platform/database/pool.ts'

// npm run backup [-- --to FILE]: writes the whole shop to a file. npm run backup -- --verify FILE: restores a file aside and audits
// its books. Exit code 1 when that fails.

const USAGE = 'npm run backup [-- --to FILE], or npm run backup -- --verify FILE'
const MIB = 2 ** 20

const env = readEnv(process.env)
const { key } = env.backup
const url = env.databaseUrl ?? ''
const line = progress(process.stderr)
try {
  const { to, verify } = readArguments()
  process.exitCode = verify ? await prove(verify) : await write(to)
} catch (error) {
  line.end()
  const fault = faultOf(error)
  if (!fault) throw error
  console.error(fault)
  process.exitCode = 1
}

function readArguments() {
  try {
    const file = { type: 'string' } as const
    const { values } = parseArgs({ options: { to: file, verify: file } })
    if (!values.to || !values.verify) return values
  } catch {
    // An unknown argument.
  }
  throw new BackupFault(USAGE)
}

async function write(to: string | undefined): Promise<number> {
  const file = to ?? path.join(backupFolder(env), backupName(instant(new Date()), key !== ''))
  const written = await writeBackup({
    ...{ url, file, key, home: env.home, secrets: marksOf(env.secrets) },
    onProgress: ({ table, ...done }) => line.show(table, done),
  })
  line.end()
  const { header, trailer, bytes } = written
  await withDatabase((db) =>
    recordMade(db, { header, trailer, bytes, file: path.basename(file), encrypted: key !== '' }),
  )
  console.log(
    `${file}: ${group(rowsOf(header))} rows and ${group(trailer.files.count)} pictures, ${(bytes / MIB).toFixed(1)} MB`,
  )
  console.log(
    key
      ? 'It is encrypted: nobody can restore it without BACKUP_KEY.'
      : 'It is not encrypted: whoever has the file can read it. Set BACKUP_KEY to encrypt the next one.',
  )
  console.log('It can be restored only with the same SEAL_SECRET and DATA_SECRET, which are not in it.')
  return 0
}

async function prove(file: string): Promise<number> {
  const begunMs = performance.now()
  const { sealSecret } = env.secrets
  const shop = { url, adminUrl: env.databaseAdminUrl ?? url, key, sealSecret, parts: auditParts }
  const { proof, rows } = await proofOf(file, shop, ({ step, ...done }) => line.show(step, done))
  line.end()
  await withDatabase((db) => recordProof(db, proof)).catch((error) => {
    console.error(`The result could not be kept: ${faultOf(error) ?? (error as Error).name}`)
  })
  if (proof.fault) console.error(`${file} is no backup that could be used. ${proof.fault}`)
  else
    console.log(
      `${file} of ${proof.backupAt} was restored aside: ${group(rows)} rows, and the books are in order (${((performance.now() - begunMs) / 1000).toFixed(1)} s)`,
    )
  return proof.passed ? 0 : 1
}

async function withDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  const databases = openDatabase(url, env.secrets)
  try {
    await work(databases.db)
  } finally {
    await databases.close()
  }
}
