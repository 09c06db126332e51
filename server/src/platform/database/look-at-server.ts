import type { RowDataPacket } from 'mysql2/promise'
import { openConnection } from './connect.ts'
import { unkeptSettings, variables } from './session.ts'
import { UnusableDatabase } from './unusable.ts'

interface Looking {
  log: { warn(text: string): void }
  /** The greatest number of connections of this process, and the least it needs. */
  connections: { most: number; least: number }
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
      ...sessionFaults(await unkeptSettings(connection)),
      ...versionFaults(rows[0]!.version),
      ...serverFaults(server),
      ...connectionFaults(server, connections.least),
    ]
    for (const risk of risks(server, connections.most)) log.warn(risk)
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

const LIMITS = ['max_connections', 'max_user_connections']

/** The limits below a number of connections. Zero connections means any number of them. */
const limitsBelow = (server: Variables, connections: number) =>
  LIMITS.map((name) => ({ name, allowed: Number(server[name]) })).filter(
    ({ allowed }) => allowed > 0 && allowed < connections,
  )

const connectionFaults = (server: Variables, least: number): string[] =>
  limitsBelow(server, least).map(
    ({ name, allowed }) =>
      `The database allows ${allowed} connections (${name}), but this server needs at least ${least}: raise ${name}.`,
  )

function risks(server: Variables, most: number): string[] {
  const limits = limitsBelow(server, most).map(
    ({ name, allowed }) =>
      `The database allows ${allowed} connections (${name}), but this server takes up to ${most}: when more are needed, requests are answered with 503.`,
  )
  if (!['1', undefined].includes(server['innodb_flush_log_at_trx_commit']))
    limits.push(
      'The database has not innodb_flush_log_at_trx_commit=1: a crash of its machine loses what was confirmed in the last second.',
    )
  return limits
}
