import path from 'node:path'
import { parseArgs } from 'node:util'
import { readEnv } from '@pointbook/config/env'
import { group } from '@pointbook/shared/money'
import { BackupFault, type Header, rowsOf } from './platform/backup/format.ts'
import { recordRestore } from './platform/backup/records.ts'
import { faultOf, progress } from './platform/backup/report.ts'
import { restoreBackup } from './platform/backup/restore.ts'
import { marksOf } from './platform/backup/secret-marks.ts'
import { openDatabase } from './platform/database/pool.ts'
import { pictureFolder } from './platform/files.ts'

// npm run restore -- FILE: loads a backup into an empty database, and its pictures into the data folder.

const USAGE = 'npm run restore -- FILE'

const env = readEnv(process.env)
const line = progress(process.stderr)
process.on('SIGTERM', () => {
  line.end()
  console.error('The restore was interrupted. Run it again: it begins anew by itself.')
  process.exit(1)
})
try {
  await restore(fileOf(), env.databaseUrl ?? '')
} catch (error) {
  line.end()
  const fault = faultOf(error)
  if (!fault) throw error
  console.error(`Not restored: ${fault}`)
  process.exitCode = 1
}

function fileOf(): string {
  try {
    const [file, ...more] = parseArgs({ allowPositionals: true }).positionals
    if (file && more.length === 0) return file
  } catch {
    // An unknown argument.
  }
  throw new BackupFault(USAGE)
}

async function restore(file: string, url: string) {
  const contents = await restoreBackup({
    ...{ url, file, key: env.backup.key, folder: pictureFolder(env.home) },
    onProgress: ({ step, ...done }) => line.show(step, done),
  })
  line.end()
  const databases = openDatabase(url, env.secrets)
  await recordRestore(databases.db, contents, path.basename(file)).finally(() => databases.close())
  const { header, trailer } = contents
  console.log(
    `Restored the shop as of ${header.at}: ${group(rowsOf(header))} rows and ${group(trailer.files.count)} pictures, each compared with the file.`,
  )
  for (const name of otherSecrets(header))
    console.error(
      `${name} is not the one of the backup: set it to that one, because the rows cannot be read with another.`,
    )
  console.log('Now run npm run ledger:audit, then npm start.')
}

function otherSecrets({ secrets }: Header): string[] {
  const ours = [marksOf(env.secrets), marksOf({ ...env.secrets, dataSecret: env.secrets.dataSecretOld })]
  return Object.keys(secrets).filter((name) => !ours.some((marks) => marks[name] === secrets[name]))
}
