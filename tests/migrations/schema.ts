import { openConnection } from '@pointbook/server/platform/database/connect'
import type { RowDataPacket } from 'mysql2'

const PARTS = [
  `SELECT table_name, engine, table_collation FROM information_schema.tables
    WHERE table_schema = DATABASE() ORDER BY table_name`,
  `SELECT table_name, column_name, ordinal_position, column_default, is_nullable, column_type, character_set_name,
    collation_name, column_key, extra, generation_expression
    FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`,
  `SELECT table_name, index_name, non_unique, seq_in_index, column_name
    FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index`,
]

/** Everything that a database says of its tables, columns and indexes, one text each, with names in lower case. */
export async function schemaOf(url: string): Promise<string[]> {
  const connection = await openConnection(url)
  const lines: string[] = []
  for (const part of PARTS) {
    const [rows] = await connection.query<RowDataPacket[]>(part)
    for (const row of rows)
      lines.push(
        Object.entries(row)
          .map(([name, value]) => `${name.toLowerCase()}=${value}`)
          .join(' '),
      )
  }
  await connection.end()
  return lines
}

/** The rows of a query. */
export async function rowsOf<Row>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const connection = await openConnection(url)
  try {
    const [rows] = await connection.query(sql, values)
    return rows as Row[]
  } finally {
    await connection.end()
  }
}
