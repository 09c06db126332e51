import type { Connection, RowDataPacket } from 'mysql2/promise'
import { openConnection } from './connect.ts'
import { UnusableDatabase } from './unusable.ts'

/** Exists in a database from the begin of a restore to its end. While it exists, the tables beside it may be dropped. */
export const MARKER = 'restore_under_way'

const MAKE = `CREATE TABLE ${MARKER} (file varchar(200) NOT NULL, PRIMARY KEY (file)) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`
const LONGEST = 200

export async function mark(connection: Connection, file: string): Promise<void> {
  await connection.query(MAKE)
  await connection.query(`INSERT INTO ${MARKER} (file) VALUES (?)`, [file.slice(-LONGEST)])
}

export async function unmark(connection: Connection): Promise<void> {
  await connection.query(`DROP TABLE ${MARKER}`)
}

/** Throws `UnusableDatabase` for a database into which a restore has not come to its end. */
export async function requireRestored(url: string): Promise<void> {
  const connection = await openConnection(url)
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
      [MARKER],
    )
    if (rows.length === 0) return
    const [files] = await connection.query<RowDataPacket[]>(`SELECT file FROM ${MARKER}`)
    const file = files[0] ? String(files[0]['file']) : 'FILE'
    throw new UnusableDatabase([
      `A restore into this database is under way or was interrupted: run npm run restore -- ${file} (again); it begins anew by itself.`,
    ])
  } finally {
    await connection.end()
  }
}
