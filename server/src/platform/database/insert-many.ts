import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { MySqlTable } from 'drizzle-orm/mysql-core'

/**
 * As `insert(table).values(rows)`, for hundreds of rows that give the same properties: they are one parameter, which the driver
 * writes as `(1, 'a'), (2, 'b')`, where drizzle would make objects for each value.
 */
export function insertMany<T extends MySqlTable>(table: T, rows: readonly T['$inferInsert'][]): SQL {
  const columns = Object.entries(getTableColumns(table)).filter(([property]) => property in rows[0]!)
  const names = columns.map(([, { name }]) => sql.identifier(name))
  const values = rows.map((row) =>
    columns.map(([property, column]) => column.mapToDriverValue(row[property as keyof typeof row])),
  )
  return sql`INSERT INTO ${table} (${sql.join(names, sql`, `)}) VALUES ${sql.param(values)}`
}
