/** The parts of an error of the driver that say what happened. */
interface DriverError {
  code?: unknown
  errno?: number
  sqlState?: unknown
  fatal?: unknown
}

const causeOf = (error: unknown) =>
  (error instanceof Error && error.cause instanceof Error ? error.cause : error) as DriverError | null

/**
 * The driver's own error, also where drizzle has wrapped it; null for any other. An answer of the database has an SQL state, and
 * what the driver says of a connection that has ended is marked as fatal; a file or another server that cannot be reached is neither.
 */
function driverError(error: unknown): DriverError | null {
  const cause = causeOf(error)
  return typeof cause?.sqlState === 'string' || cause?.fatal === true ? cause : null
}

/** The driver's error code (`ER_DUP_ENTRY`, `ECONNRESET`, …), or the database's number where the driver has no name for it. */
export function databaseCode(error: unknown): string | undefined {
  const cause = driverError(error)
  if (typeof cause?.code === 'string') return cause.code
  return cause?.errno === undefined ? undefined : String(cause.errno)
}

/** The part of an error that may be logged: its code or its name. Messages may contain parameters. */
export function codeForLog(error: unknown): string {
  const { code } = causeOf(error) ?? {}
  if (typeof code === 'string') return code
  return databaseCode(error) ?? (error instanceof Error ? error.name : 'unknown')
}

export const isDuplicate = (error: unknown): boolean => databaseCode(error) === 'ER_DUP_ENTRY'

/** True when a connection was lost, or never made. Whether the statement under way was carried out is not known. */
export const isLost = (error: unknown): boolean => driverError(error)?.fatal === true && !isRefused(error)

// Connections are refused until a setting, an account or the database is changed.
const REFUSED = new Set([
  ...[1044, 1045, 1049, 1130, 1251, 1524, 1698, 1820, 1862, 2061, 3118, 3159, 4151],
  ...['AUTH_SWITCH_PLUGIN_ERROR', 'HANDSHAKE_NO_SSL_SUPPORT', 'HANDSHAKE_SSL_ERROR'],
])

/** True when the database refuses connections permanently. */
export const isRefused = (error: unknown): boolean => has(REFUSED, error)

// The numbers are those of MySQL's and MariaDB's error references and of docs.pingcap.com/tidb/stable/error-codes.
const READ_ONLY = new Set([1290, 1792, 1836, 3032, 3100])
const CROWDED = new Set([1040, 1129, 1135, 1203, 1226, 1637])
const LOCKS = new Set([1020, 1205, 1206, 1213, 1412, 1614, 3101, 3572])
const ENDED = new Set([1041, 1042, 1043, 1047, 1053, 1077, 1079, 1152, 1159, 1161, 1184, 1317, 1927, 3168, 3169, 4031])
const SPACE = new Set([3, 20, 1021, 1026, 1030, 1037, 1038, 1114, 1180, 3675])
const TIME = new Set([1969, 3024])
const TIDB = new Set([8002, 8005, 8022, 8027, 8028, 8175, 8176, 9001, 9002, 9003, 9004, 9005, 9006, 9007, 9008, 9010])
const PASSING = new Set([READ_ONLY, CROWDED, LOCKS, ENDED, SPACE, TIME, TIDB].flatMap((numbers) => [...numbers]))

/** True when the database takes no writes: a replica, a node that is being moved away from. */
export const isReadOnly = (error: unknown): boolean => has(READ_ONLY, error)

/** True when the database has as many connections as it allows. */
export const isCrowded = (error: unknown): boolean => has(CROWDED, error)

/** True when a retry later may succeed. Only errors of the driver count. */
export const isUnavailable = (error: unknown): boolean => isLost(error) || has(PASSING, error)

function has(known: ReadonlySet<number | string>, error: unknown): boolean {
  const { errno, code } = driverError(error) ?? {}
  return known.has(errno ?? '') || (typeof code === 'string' && known.has(code))
}
