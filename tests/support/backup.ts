import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { auditLedger } from '@pointbook/server/book/audit'
import { auditParts } from '@pointbook/server/features'
import { restoreBackup } from '@pointbook/server/platform/backup/restore'
import { marksOf } from '@pointbook/server/platform/backup/secret-marks'
import { writeBackup } from '@pointbook/server/platform/backup/write'
import { openConnection } from '@pointbook/server/platform/database/connect'
import { openDatabase } from '@pointbook/server/platform/database/pool'
import type { RowDataPacket } from 'mysql2/promise'
import { afterAll } from 'vitest'
import { aDatabase } from './database.ts'
import type { anOutside } from './server.ts'

export const KEY = 'a key for the backups of a test, long enough'

/** A folder for the backups of a test file, and empty databases for their restores. */
export function inABackupFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'pointbook-backups-'))
  const databases: Awaited<ReturnType<typeof aDatabase>>[] = []
  afterAll(async () => {
    for (const { drop } of databases) await drop()
    rmSync(folder, { recursive: true })
  })
  let files = 0
  return {
    folder,
    aFile: () => path.join(folder, `backup-${++files}`),
    anEmptyDatabase: async () => {
      const database = await aDatabase()
      databases.push(database)
      return database.url
    },
  }
}

type World = Pick<Awaited<ReturnType<typeof anOutside>>, 'env'>

/** Backs up the shop of a test. */
export const backUp = ({ env }: World, file: string, more: Partial<Parameters<typeof writeBackup>[0]> = {}) =>
  writeBackup({ url: env.databaseUrl!, home: env.home, file, key: '', secrets: marksOf(env.secrets), ...more })

export const restore = (url: string, file: string, more: Partial<Parameters<typeof restoreBackup>[0]> = {}) =>
  restoreBackup({ url, file, key: '', folder: null, ...more })

/** The checks of the audit that fail in a database. */
export async function failedChecks(url: string, { env }: World): Promise<unknown[]> {
  const databases = openDatabase(url)
  try {
    const { sealSecret } = env.secrets
    const { checks } = await auditLedger(databases.pool, { parts: auditParts, sealSecret, pointsPerYuan: 100 })
    return checks.filter(({ passed }) => !passed)
  } finally {
    await databases.close()
  }
}

/** All rows of a table in a fixed order, as text. */
export async function rowsIn(url: string, table: string): Promise<string[]> {
  const connection = await openConnection(url)
  try {
    const sql = connection.format('SELECT * FROM ??', [table])
    const exact = { dateStrings: true, supportBigNumbers: true, bigNumberStrings: true }
    const [rows] = await connection.query<RowDataPacket[]>({ sql, ...exact } as { sql: string })
    return rows.map((row) => JSON.stringify(row)).sort()
  } finally {
    await connection.end()
  }
}

export async function tablesIn(url: string): Promise<string[]> {
  const connection = await openConnection(url)
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SHOW TABLES')
    return rows.map((row) => String(Object.values(row)[0])).sort()
  } finally {
    await connection.end()
  }
}
