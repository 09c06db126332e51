import { rules } from './rules.ts'

interface Names {
  what: string
  /** Finds each name in a statement. */
  pattern: RegExp
  /** Names that look alike and are none. */
  others?: readonly string[]
  shared: readonly string[]
}

const words = (...lines: string[]) => lines.flatMap((line) => line.split(' '))

/**
 * What is named in a statement and known to all of MySQL 8, MariaDB and TiDB. Whoever needs another looks it up first: in
 * dev.mysql.com/doc/refman/8.0/en/built-in-function-reference.html, mariadb.com/kb/en/function-and-operator-reference,
 * docs.pingcap.com/tidb/stable/functions-and-operators-overview, .../character-set-and-collation and .../system-variables.
 */
const named: readonly Names[] = [
  {
    what: 'function',
    pattern: /(?<![.\w])([a-z]\w*)\(/gi,
    others: words('binary char datetime decimal in key unique varchar'),
    shared: words(
      'avg cast coalesce concat connection_id count database date date_format dayofmonth field get_lock greatest if least left locate lower max min',
      'month replace sleep substring substring_index sum time_format utc_timestamp values version',
    ),
  },
  {
    what: 'collation',
    pattern: /\bcollate(?: ?= ?| )(\w+)/gi,
    shared: ['utf8mb4_bin', 'utf8mb4_general_ci', 'utf8mb4_unicode_ci'],
  },
  {
    what: 'character set',
    pattern: /\b(?:character set|charset)(?: ?= ?| )(\w+)/gi,
    shared: ['utf8mb4'],
  },
  {
    what: 'variable',
    pattern: /(?:\b(?:session|global) |@@(?:session\.|global\.)?)(\w+)(?= ?=)/gi,
    shared: words(
      'autocommit completion_type default_storage_engine init_connect innodb_lock_wait_timeout sql_auto_is_null sql_big_selects sql_mode',
      'sql_safe_updates sql_select_limit time_zone unique_checks wait_timeout',
    ),
  },
]

/** Why a statement cannot be sent to all three engines; nothing when it can. */
export function faultsOf(statement: string): string[] {
  // A quoted name may be any word; with a mark before it, it is taken for no other.
  const plain = statement.replace(/`([^`]*)`/g, '_$1')
  const lacking = rules.filter(({ pattern }) => pattern.test(plain))
  const unknown = named.flatMap(({ what, pattern, others = [], shared }) =>
    [...plain.matchAll(pattern)]
      .map(([, name]) => name!.toLowerCase())
      .filter((name) => ![...others, ...shared].includes(name))
      .map((name) => `the ${what} ${name} is not known to be shared (see judge.ts)`),
  )
  return [...lacking.map(({ lacks, what, source }) => `${lacks} lacks ${what} (${source})`), ...new Set(unknown)]
}
