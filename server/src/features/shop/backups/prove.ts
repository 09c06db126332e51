import path from 'node:path'
import { type Instant, instant } from '@pointbook/shared/day'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import type { AuditPart } from '../../../book/audit-part.ts'
import { BackupFault, type Contents, rowsOf } from '../../../platform/backup/format.ts'
import type { ProofRecord } from '../../../platform/backup/records.ts'
import { type Restoring, restoreBackup } from '../../../platform/backup/restore.ts'
import { databaseCode } from '../../../platform/database/failures.ts'
import { openDatabase } from '../../../platform/database/pool.ts'
import { MARKER } from '../../../platform/database/restore-marker.ts'
import { routeTo } from '../../../platform/database/route.ts'
import { waitADay } from '../../../platform/database/session.ts'
import { auditBooks } from '../../points/audit/books.ts'

/** The proof could not begin, which says nothing about the backup. */
export class ProofImpossible extends BackupFault {}

interface Proving extends Pick<Restoring, 'file' | 'key' | 'onProgress'> {
  /** The shop's own database; the other one gets its name with `_proof` after it. */
  url: string
  /** Address of a user who may create databases on the same server. */
  adminUrl: string
  sealSecret: string
  parts: readonly AuditPart[]
}

/** What a backup holds, and the checks of the audit that failed on it. */
interface Proved extends Contents {
  failed: string[]
}

/**
 * Restores a backup into a database beside the shop's, audits its books and drops the database. Throws `BackupFault` when the
 * backup cannot be restored, and `ProofImpossible` when it was not tried.
 */
async function proveBackup({ url, adminUrl, sealSecret, parts, ...restoring }: Proving): Promise<Proved> {
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
      return { ...contents, failed: await failedChecks(proofUrl.href, { sealSecret, parts }) }
    } finally {
      await drop(admin, name)
    }
  } finally {
    await admin.end()
  }
}

async function failedChecks(url: string, audited: Pick<Proving, 'sealSecret' | 'parts'>): Promise<string[]> {
  const databases = openDatabase(url)
  try {
    const { checks } = await auditBooks(databases, audited)
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
  if (rows[0]?.['got'] !== 1) throw new ProofImpossible('Another proof of a backup is under way: wait for its end.')
}

async function create(admin: Connection, name: string): Promise<void> {
  try {
    await admin.query('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [name])
  } catch (error) {
    if (databaseCode(error) !== 'ER_DBACCESS_DENIED_ERROR') throw error
    throw new ProofImpossible(
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

interface Shop {
  url: string
  adminUrl: string
  key: string
  sealSecret: string
  parts: readonly AuditPart[]
}

/** Proves a backup, whose fault is then part of the answer. Throws `ProofImpossible`. */
export async function proofOf(
  file: string,
  shop: Shop,
  onProgress?: Restoring['onProgress'],
): Promise<{ proof: ProofRecord; rows: number }> {
  const proof = (backupAt: Instant | null, fault: string): ProofRecord => ({
    at: instant(new Date()),
    file: path.basename(file),
    backupAt,
    passed: fault === '',
    fault,
  })
  try {
    const { header, failed } = await proveBackup({ ...shop, file, ...(onProgress ? { onProgress } : {}) })
    const fault = failed.length > 0 ? `The books in it have faults: ${failed.join('; ')}` : ''
    return { proof: proof(header.at, fault), rows: rowsOf(header) }
  } catch (error) {
    if (!(error instanceof BackupFault) || error instanceof ProofImpossible) throw error
    return { proof: proof(null, error.message), rows: 0 }
  }
}
