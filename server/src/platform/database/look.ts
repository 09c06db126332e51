import { adviceOn } from '@pointbook/config/database-advice'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { places } from '../../places.ts'
import { openConnection } from './connect.ts'
import { WRITE_NOTHING } from './probes.ts'
import { routeTo } from './route.ts'
import { unheldSettings, variables } from './session.ts'
import { UnusableDatabase } from './unusable.ts'

interface Looking {
  log: { warn(text: string): void }
  /** How many connections this process takes at most. */
  connections: number
}

const MIB = 2 ** 20
// The largest policy that the contract takes, when each of its characters has to be escaped.
const LEAST_PACKET_MIB = 8
const OLDEST = { MariaDB: [10, 11], MySQL: [8, 0] } as const

/** Looks at the server's settings before anything is written. Warns of what is unsafe; throws `UnusableDatabase` for what cannot work. */
export async function lookAtServer(url: string, { log, connections }: Looking): Promise<void> {
  const connection = await openConnection(url)
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version')
    const server = await variables(connection, 'GLOBAL', [
      ...['log_bin', 'binlog_format', 'max_allowed_packet'],
      ...['max_connections', 'max_user_connections', 'innodb_flush_log_at_trx_commit'],
    ])
    const faults = [
      ...sessionFaults(await unheldSettings(connection)),
      ...versionFaults(rows[0]!.version),
      ...serverFaults(server),
    ]
    for (const risk of risks(server, connections)) log.warn(risk)
    if (faults.length > 0) throw new UnusableDatabase(faults)
  } finally {
    await connection.end()
  }
}

const sessionFaults = (unheld: readonly string[]): string[] =>
  unheld.length === 0
    ? []
    : [
        `The database does not keep the settings of a session (${unheld.join('; ')}): connect without the proxy that lies between, or let it pass SET SESSION on.`,
      ]

/** TiDB calls itself the MySQL that it speaks like. */
function versionFaults(version: string): string[] {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  const flavour = version.includes('MariaDB') ? 'MariaDB' : 'MySQL'
  const [oldestMajor, oldestMinor] = OLDEST[flavour]
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor)
  return isOld ? [`The database is ${flavour} ${version}: Pointbook needs ${oldestMajor}.${oldestMinor} or later.`] : []
}

type Variables = Record<string, string>

function serverFaults({ log_bin, binlog_format, max_allowed_packet }: Variables): string[] {
  const faults: string[] = []
  if (log_bin === 'ON' && binlog_format === 'STATEMENT')
    faults.push(
      'The database has binlog_format=STATEMENT, with which it refuses to write under READ COMMITTED: set binlog_format=ROW.',
    )
  if (Number(max_allowed_packet) < LEAST_PACKET_MIB * MIB)
    faults.push(
      `The database takes packets of ${Number(max_allowed_packet) / MIB} MB at most, too few for a large policy: set max_allowed_packet=64M.`,
    )
  return faults
}

/** Zero connections means any number of them. */
function risks(server: Variables, connections: number): string[] {
  const found: string[] = []
  for (const name of ['max_connections', 'max_user_connections']) {
    const allowed = Number(server[name])
    if (allowed > 0 && allowed < connections)
      found.push(
        `The database allows ${allowed} connections (${name}), but this server takes up to ${connections}: when more are needed, requests are answered with 503.`,
      )
  }
  if (!['1', undefined].includes(server['innodb_flush_log_at_trx_commit']))
    found.push(
      'The database has not innodb_flush_log_at_trx_commit=1: a crash of its machine loses what was confirmed in the last second.',
    )
  return found
}

/** Looks at our tables once they are there. Throws `UnusableDatabase` when a transaction could leave half of itself in one of them. */
export async function lookAtTables(url: string): Promise<void> {
  const connection = await openConnection(url)
  try {
    const faults = [...(await engineFaults(connection)), ...(await rightsFaults(connection, url))]
    if (faults.length > 0) throw new UnusableDatabase(faults)
  } finally {
    await connection.end()
  }
}

async function engineFaults(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    "SELECT table_name AS name, engine AS engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  )
  const ours = tableNames()
  const engines = new Map(rows.map(({ name, engine }) => [String(name), String(engine)]))
  const others = ours.filter((name) => (engines.get(name) ?? 'InnoDB').toUpperCase() !== 'INNODB')
  const missing = ours.filter((name) => !engines.has(name))
  const alter = others.map((name) => `ALTER TABLE \`${name}\` ENGINE=InnoDB;`).join(' ')
  return [
    ...(others.length > 0 ? [`Tables are kept by an engine without transactions; run ${alter}`] : []),
    ...(missing.length > 0 ? [`Tables are missing (${missing.join(', ')}): restore the whole backup.`] : []),
  ]
}

/** The tables that the migrations make. */
const tableNames = (): string[] =>
  readMigrationFiles({ migrationsFolder: places.migrations })
    .flatMap(({ sql }) => sql)
    .flatMap((statement) => statement.match(/^\s*CREATE TABLE `(\w+)`/)?.slice(1) ?? [])

const EACH_RIGHT = [
  WRITE_NOTHING,
  'DELETE FROM settings WHERE FALSE',
  'INSERT INTO settings SELECT * FROM settings WHERE FALSE',
]

async function rightsFaults(connection: Connection, url: string): Promise<string[]> {
  for (const statement of EACH_RIGHT)
    try {
      await connection.query(statement)
    } catch (error) {
      if ((error as { code?: string }).code !== 'ER_TABLEACCESS_DENIED_ERROR') throw error
      return [`In the database, ${adviceOn(error, routeTo(url).login)}.`]
    }
  return []
}
