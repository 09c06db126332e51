import type { DatabaseAddress } from './database-address.ts'

/** The rights that a server needs: read and write always, change tables when a new version starts. */
export const RIGHTS = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP'

const CREDENTIALS = 'see DATABASE_URL for user and password'
const RENEW = 'the password has expired; let an administrator set it anew'
const UNLOCK = 'the account is locked; let an administrator unlock it'

/** The remedy for a database that refuses connections, by the driver's error; the end of a sentence. */
export function adviceOn(error: unknown, { user, database }: Pick<DatabaseAddress, 'user' | 'database'>): string {
  const { errno, code, sqlState, message } = error as DriverError
  const grant = `let an administrator run GRANT ${RIGHTS} ON \`${database}\`.* TO '${user}'@'…'`
  const plugin = `the user logs in by a plugin that the driver does not know; let an administrator run ALTER USER '${user}'@'…' IDENTIFIED BY '…'`
  const advice: Record<string, string> = {
    1044: `the user may not use the database "${database}"; ${grant}`,
    1045: CREDENTIALS,
    1049: `there is no database "${database}"; let an administrator run CREATE DATABASE \`${database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    1130: `it lets nobody in from this machine; let an administrator create the user '${user}' for it`,
    1142: `the user lacks a right; ${grant}`,
    1251: plugin,
    1524: plugin,
    1698: CREDENTIALS,
    1820: RENEW,
    1862: RENEW,
    2061: plugin,
    3118: UNLOCK,
    3159: 'it wants TLS; add ?ssl-mode=VERIFY_CA&ssl-ca=FILE to DATABASE_URL',
    4151: UNLOCK,
    AUTH_SWITCH_PLUGIN_ERROR: plugin,
    HANDSHAKE_NO_SSL_SUPPORT: 'it offers no TLS; take ssl-mode out of DATABASE_URL, or turn TLS on in the database',
    HANDSHAKE_SSL_ERROR: isForAnother(message)
      ? 'its certificate is for another host; name the host as the certificate does, or use ssl-mode=VERIFY_CA'
      : 'its certificate is not trusted; name the authority that signed it by ssl-ca in DATABASE_URL',
  }
  const known = advice[errno ?? ''] ?? advice[code ?? '']
  return known ?? (sqlState === undefined ? 'check that it runs there' : "see the database's manual for this error")
}

interface DriverError {
  errno?: number
  code?: string
  sqlState?: string
  message?: string
}

// The driver puts a code of its own over that of Node.
const isForAnother = (message = '') => message.includes("does not match certificate's altnames")
