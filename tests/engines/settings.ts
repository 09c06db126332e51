import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from 'mysql2/promise'
import type { OperatorSetting, Stage } from './setting.ts'

const modes = (list: string): OperatorSetting => ({
  title: `sql_mode=${list || "''"}`,
  options: [`--sql-mode=${list}`],
})

/** Each setting that has hurt, or might. */
export const settings = {
  'all-at-once': {
    title: 'many defaults at once that others might want',
    options: [
      ...[
        '--sql-mode=ANSI,NO_BACKSLASH_ESCAPES',
        '--autocommit=0',
        '--default-storage-engine=MyISAM',
        '--wait-timeout=1',
      ],
      ...['--default-time-zone=-11:00', '--transaction-isolation=SERIALIZABLE'],
    ],
    prepare: makeTransactionsReadOnly,
    during: standStill,
  },
  'no-backslash-escapes': modes('NO_BACKSLASH_ESCAPES'),
  'ansi-quotes': modes('ANSI_QUOTES'),
  'pipes-as-concat': modes('PIPES_AS_CONCAT'),
  ansi: modes('ANSI'),
  traditional: modes('TRADITIONAL'),
  'no-mode': modes(''),
  'no-autocommit': { title: 'autocommit=0', options: ['--autocommit=0'] },
  myisam: { title: 'default engine MyISAM', options: ['--default-storage-engine=MyISAM'] },
  'time-zone': { title: 'default time zone +05:30', options: ['--default-time-zone=+05:30'] },
  latin1: {
    title: 'latin1 for every client',
    options: [
      '--character-set-server=latin1',
      '--collation-server=latin1_swedish_ci',
      '--loose-skip-character-set-client-handshake',
    ],
  },
  serializable: { title: 'SERIALIZABLE', options: ['--transaction-isolation=SERIALIZABLE'] },
  'read-only-transactions': { title: 'transactions read-only by default', prepare: makeTransactionsReadOnly },
  'init-connect': {
    title: 'init_connect with safe updates, one row a SELECT, no large joins and chained transactions',
    options: [
      '--init-connect=SET sql_safe_updates=1, sql_select_limit=1, unique_checks=0, sql_auto_is_null=1, max_join_size=1, completion_type=1',
    ],
  },
  'short-wait': {
    title: 'wait_timeout=1, and a server that stands still for three seconds',
    options: ['--wait-timeout=1', '--interactive-timeout=1'],
    during: standStill,
  },
  'few-connections': {
    title: 'max_connections=12, and a crowd',
    options: ['--max-connections=12'],
    warned: /allows 12 connections \(max_connections\), but this server takes up to 18/,
    during: (_, buy) => crowd(buy),
  },
  'few-user-connections': {
    title: 'max_user_connections=5',
    options: ['--max-user-connections=5'],
    refused: /allows 5 connections \(max_user_connections\), but this server needs at least 10: raise/,
  },
  'read-only': { title: 'read-only in the middle', during: becomeReadOnly },
  'statement-log': {
    title: 'binlog_format=STATEMENT',
    options: ['--log-bin=shop', '--server-id=1', '--binlog-format=STATEMENT'],
    refused: /binlog_format=STATEMENT.*: set binlog_format=ROW/,
  },
  'mixed-log': { title: 'binlog_format=MIXED', options: ['--log-bin=shop', '--server-id=1', '--binlog-format=MIXED'] },
  'row-log': { title: 'binlog_format=ROW', options: ['--log-bin=shop', '--server-id=1', '--binlog-format=ROW'] },
  'small-packets': {
    title: 'packets of 1 MB',
    options: ['--max-allowed-packet=1M'],
    refused: /takes packets of 1 MB at most.*: set max_allowed_packet=64M/,
  },
  'lazy-log': {
    title: 'innodb_flush_log_at_trx_commit=2',
    options: ['--innodb-flush-log-at-trx-commit=2'],
    warned: /not innodb_flush_log_at_trx_commit=1/,
  },
  'rows-only': { title: 'a user who may only change rows', hasTables: true, rights: 'SELECT, INSERT, UPDATE, DELETE' },
  'no-tables': {
    title: 'a user who may only change rows, without tables',
    rights: 'SELECT, INSERT, UPDATE, DELETE',
    refused: /cannot be brought up to date: the user lacks a right; let an administrator run GRANT .*CREATE/,
  },
  'reads-only': {
    title: 'a user who may only read',
    hasTables: true,
    rights: 'SELECT',
    refused: /the user lacks a right; let an administrator run GRANT SELECT, INSERT, UPDATE, DELETE/,
  },
  'no-rights': {
    title: 'a user who may nothing',
    rights: '',
    refused: /refuses us \(ER_DBACCESS_DENIED_ERROR\): the user may not use the database/,
  },
  'other-engine': {
    title: 'a table that was made MyISAM',
    hasTables: true,
    prepare: (admin) => admin.query('ALTER TABLE mall_stock ENGINE=MyISAM'),
    refused: /engine without transactions; run ALTER TABLE `mall_stock` ENGINE=InnoDB;/,
  },
  'missing-table': {
    title: 'half of a backup',
    hasTables: true,
    prepare: (admin) => admin.query('DROP TABLE points_draws'),
    refused: /Tables or columns are missing \(points_draws\): restore the whole backup/,
  },
  'no-tls': {
    title: 'TLS demanded of a database without it',
    options: ['--loose-skip-ssl'],
    ofMySql: ['--tls-version='],
    address: (url) => `${url}?ssl-mode=REQUIRED`,
    refused: /refuses us \(HANDSHAKE_NO_SSL_SUPPORT\): it offers no TLS/,
  },
} satisfies Record<string, OperatorSetting>

function makeTransactionsReadOnly(admin: Connection) {
  return admin.query('SET GLOBAL TRANSACTION READ ONLY')
}

/** As a machine does that sleeps: every connection of the pool is ended meanwhile, if the database does not wait. */
async function standStill({ freeze, thaw }: Stage, buy: () => Promise<unknown>) {
  freeze()
  await sleep(3_000)
  thaw()
  await buy()
}

const BUYERS = 40

async function crowd(buy: () => Promise<unknown>) {
  await Promise.all(Array.from({ length: BUYERS }, buy))
}

/** A purchase that is under way when the database takes no writes waits for it, and is made once. */
async function becomeReadOnly({ admin, server }: Stage, buy: () => Promise<unknown>) {
  const ready = async () => (await fetch(`${server}/readyz`)).status
  await admin.query('SET GLOBAL read_only = 1')
  const buying = buy()
  await sleep(1_000)
  const whileReadOnly = await ready()
  await admin.query('SET GLOBAL read_only = 0')
  await buying
  const afterwards = await ready()
  if (whileReadOnly !== 503 || afterwards !== 200)
    throw new Error(`/readyz says ${whileReadOnly} while read-only and ${afterwards} afterwards`)
}
