import { readMigrationFiles } from 'drizzle-orm/migrator'
import { places } from '../../places.ts'

/** One file of the folder of migrations, with its statements in order. */
export interface Migration {
  /** The time at which it was written, in milliseconds. It identifies the migration in a database. */
  when: number
  hash: string
  statements: readonly string[]
}

/** All migrations of this version, in order. */
export const readMigrations = (): Migration[] =>
  readMigrationFiles({ migrationsFolder: places.migrations }).map(({ folderMillis, hash, sql }) => ({
    when: folderMillis,
    hash,
    statements: sql,
  }))

/** The kind of a migration's statement, and the error that shows that it was already carried out. */
export type Effect =
  /** Changes rows: happens in one transaction with its record. */
  | { kind: 'rows' }
  /** Changes the schema to the same effect however often it runs. */
  | { kind: 'repeatable' }
  /** Changes the schema; a second run fails with this error. `columns` are those of a created table. */
  | { kind: 'once'; doneBefore: number; table?: string; columns?: readonly string[] }

const CHANGE = '^ALTER TABLE `\\w+` '
// Several changes in one statement fail together when one of them was made before, so a list may contain only repeatable ones.
const ALONE = '(?!.*, (?:ADD|DROP|CHANGE|MODIFY|RENAME) )'

const EFFECTS: readonly [RegExp, Effect][] = [
  [/^(?:UPDATE|INSERT|DELETE) /, { kind: 'rows' }],
  [new RegExp(`${CHANGE}MODIFY COLUMN (?!.*, (?:ADD|DROP|CHANGE|RENAME) )`), { kind: 'repeatable' }],
  [new RegExp(`${CHANGE}${ALONE}(?:AUTO_INCREMENT|CONVERT TO CHARACTER SET) `), { kind: 'repeatable' }],
  [new RegExp(`${CHANGE}${ALONE}ADD (?:COLUMN )?\``), { kind: 'once', doneBefore: 1060 }],
  [new RegExp(`${CHANGE}${ALONE}DROP COLUMN `), { kind: 'once', doneBefore: 1091 }],
  [/^CREATE (?:UNIQUE )?INDEX /, { kind: 'once', doneBefore: 1061 }],
  [/^DROP INDEX /, { kind: 'once', doneBefore: 1091 }],
]

/** Throws for a statement that cannot be resumed after an interruption. */
export function effectOf(statement: string): Effect {
  const bare = bareOf(statement)
  const [, table] = bare.match(/^CREATE TABLE `(\w+)`/) ?? []
  if (table) return { kind: 'once', doneBefore: 1050, table, columns: columnsOf(bare) }
  const effect = EFFECTS.find(([pattern]) => pattern.test(bare))
  if (!effect) throw new Error(`a migration could not be taken up again after this statement: ${bare}`)
  return effect[1]
}

/** Without comments and texts. */
const bareOf = (statement: string) =>
  statement
    .replace(/^\s*--.*$/gm, '')
    .replace(/'(?:[^'\\]|\\.|'')*'/g, "''")
    .trim()

/** The tables that migrations leave, each with its columns. */
export function tablesAfter(migrations: readonly Migration[]): Map<string, Set<string>> {
  const tables = new Map<string, Set<string>>()
  for (const statement of migrations.flatMap(({ statements }) => statements).map(bareOf)) {
    const [, created] = statement.match(/^CREATE TABLE `(\w+)`/) ?? []
    if (created) tables.set(created, new Set(columnsOf(statement)))
    const [, table, change, column] = statement.match(COLUMN_CHANGE) ?? []
    if (change === 'ADD') tables.get(table!)!.add(column!)
    else if (change) tables.get(table!)!.delete(column!)
  }
  return tables
}

const COLUMN_CHANGE = /^ALTER TABLE `(\w+)` (ADD|DROP COLUMN) (?:COLUMN )?`(\w+)`/

const columnsOf = (table: string) => [...table.matchAll(/^\s*`(\w+)` /gm)].map(([, name]) => name!)
