import type { Connection } from 'mysql2/promise'

// MySQL 8's own list. In particular no NO_BACKSLASH_ESCAPES: the driver escapes what members write with backslashes.
const SQL_MODE = [
  ...['ONLY_FULL_GROUP_BY', 'STRICT_TRANS_TABLES', 'NO_ZERO_IN_DATE', 'NO_ZERO_DATE'],
  ...['ERROR_FOR_DIVISION_BY_ZERO', 'NO_ENGINE_SUBSTITUTION'],
]

/** The settings of a session, independent of the server's defaults, in the form in which the database shows them. */
const VARIABLES = {
  sql_mode: { set: `'${SQL_MODE}'`, shown: String(SQL_MODE) },
  autocommit: { set: '1', shown: 'ON' },
  time_zone: { set: "'+00:00'", shown: '+00:00' },
  default_storage_engine: { set: "'InnoDB'", shown: 'InnoDB' },
  sql_safe_updates: { set: '0', shown: 'OFF' },
  sql_auto_is_null: { set: '0', shown: 'OFF' },
  unique_checks: { set: '1', shown: 'ON' },
  // A report may look at more rows than an operator allows who guards against careless joins.
  sql_big_selects: { set: '1', shown: 'ON' },
  // Else a commit begins the next transaction, and what follows on the connection is never committed.
  completion_type: { set: "'NO_CHAIN'", shown: 'NO_CHAIN' },
  sql_select_limit: { set: '18446744073709551615', shown: '18446744073709551615' },
  // A row that stays locked for long makes other transactions retry instead of wait.
  innodb_lock_wait_timeout: { set: '1', shown: '1' },
  // A server that has vanished leaves its locks. Long enough for a stall of ours: each connection speaks every second.
  wait_timeout: { set: '60', shown: '60' },
}

/** For a connection that waits for long while another one works, such as for the migrations of a large table. */
export const waitADay = (connection: Connection) => connection.query('SET SESSION wait_timeout = 86400')

const LEVEL = 'READ-COMMITTED'

/**
 * The first statements of every connection. The isolation level cannot be set together with the variables. READ COMMITTED: a
 * batch that waited for a row sees what was committed meanwhile.
 */
export const SESSION: readonly string[] = [
  'SET NAMES utf8mb4 COLLATE utf8mb4_general_ci',
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE',
  `SET ${Object.entries(VARIABLES)
    .map(([name, { set }]) => `SESSION ${name} = ${set}`)
    .join(', ')}`,
]

export async function setSession(connection: Connection): Promise<void> {
  for (const statement of SESSION) await connection.query(statement)
}

/** The settings of the session that are not in effect although they were set, as `name=value`: a proxy may drop them. */
export async function unkeptSettings(connection: Connection): Promise<string[]> {
  const shown = await variables(connection, 'SESSION', [
    ...Object.keys(VARIABLES),
    ...['character_set_client', 'character_set_connection', 'character_set_results'],
    ...['tx_isolation', 'transaction_isolation', 'tx_read_only', 'transaction_read_only'],
  ])
  const expected = (name: string): string => {
    if (name in VARIABLES) return VARIABLES[name as keyof typeof VARIABLES].shown
    if (name.startsWith('character_set')) return 'utf8mb4'
    return name.endsWith('isolation') ? LEVEL : 'OFF'
  }
  // The missing settings may truncate the answer itself.
  return Object.entries({ sql_mode: 'unknown', ...shown })
    .filter(([name, value]) => canonical(value) !== canonical(expected(name)))
    .map(([name, value]) => `${name}=${value}`)
}

// The database lists the modes in another order.
const canonical = (value: string) => value.toUpperCase().split(',').sort().join()

/** The values of the database's variables, by name; without those that it does not have. */
export async function variables(
  connection: Connection,
  scope: 'SESSION' | 'GLOBAL',
  names: readonly string[],
): Promise<Record<string, string>> {
  const [rows] = await connection.query(`SHOW ${scope} VARIABLES WHERE Variable_name IN (?)`, [names])
  return Object.fromEntries(
    (rows as { Variable_name: string; Value: string }[]).map(({ Variable_name, Value }) => [Variable_name, Value]),
  )
}
