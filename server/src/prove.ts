import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { auditBooks } from './audit-books.ts'
import { BackupFault, type Contents } from './platform/backup/format.ts'
import { type Restoring, restoreBackup } from './platform/backup/restore.ts'
import { databaseCode } from './platform/database/failures.ts'
import { openDatabase } from './platform/database/pool.ts'
import { MARKER } from './platform/database/restore-marker.ts'
import { routeTo } from './platform/database/route.ts'
import { waitADay } from './platform/database/session.ts'

interface Proving extends Pick<Restoring, 'file' | 'key' | 'onProgress'> {
  /** The shop's own database; the other one gets its name with `_proof` after it. */
  url: string
  /** Address of a user who may create databases on the same server. */
  adminUrl: string
  sealSecret: string
}

/** What a backup holds, and the checks of the audit that failed on it. */
export interface Proved extends Contents {
  failed: string[]
}

/**
 * Restores a backup into a database beside the shop's, audits its books and drops the database. Throws `BackupFault` when the
 * backup cannot be restored.
 */
export async function proveBackup({ url, adminUrl, sealSecret, ...restoring }: Proving): Promise<Proved> {
  const name = `${routeTo(url).login.database}_proof`
  const proofUrl = new URL(adminUrl)
  proofUrl.pathname = `/${encodeURIComponent(name)}`
  const admin = await connectBeside(proofUrl.href)
  try {
    await waitADay(admin)
    await lock(admin, name)
    await create(admin, name)
    try {
      const contents = await restoreBackup({ ...restoring, url: proofUrl.href, folder: null, aside: true })
      return { ...contents, failed: await failedChecks(proofUrl.href, sealSecret) }
    } finally {
      await drop(admin, name)
    }
  } finally {
    await admin.end()
  }
}

async function failedChecks(url: string, sealSecret: string): Promise<string[]> {
  const databases = openDatabase(url)
  try {
    const { checks } = await auditBooks(databases, { sealSecret })
    return checks.filter(({ passed }) => !passed).map(({ id, title, faults }) => `${id} (${title}): ${faults[0] ?? ''}`)
  } finally {
    await databases.close()
  }
}

/** A connection to the server that does not need the database. */
function connectBeside(url: string): Promise<Connection> {
  const { database: _, ...login } = routeTo(url).login
  return mysql.createConnection({ ...login, charset: 'utf8mb4' })
}

async function lock(admin: Connection, name: string): Promise<void> {
  const [rows] = await admin.query<RowDataPacket[]>('SELECT GET_LOCK(?, 0) AS got', [name.slice(-60)])
  if (rows[0]?.['got'] !== 1) throw new BackupFault('Another proof of a backup is under way: wait for its end.')
}

async function create(admin: Connection, name: string): Promise<void> {
  try {
    await admin.query('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [name])
  } catch (error) {
    if (databaseCode(error) !== 'ER_DBACCESS_DENIED_ERROR') throw error
    throw new BackupFault(
      `The database user may not create the database ${name}, into which the backup is restored for the proof: let an administrator run GRANT ALL ON \`${name}\`.* TO it. Or restore the file into an empty database by hand, and run npm run ledger:audit there.`,
    )
  }
}

/** Drops the database of a proof, and no other one of its name. */
async function drop(admin: Connection, name: string): Promise<void> {
  const [rows] = await admin.query<RowDataPacket[]>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?',
    [name],
  )
  if (rows.length === 0 || rows.some((row) => row['name'] === MARKER))
    await admin.query('DROP DATABASE IF EXISTS ??', [name])
}
