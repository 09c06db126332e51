import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'

export interface Node {
  host: string
  port: number
}

/** What DATABASE_URL says. */
export interface DatabaseAddress {
  user: string
  password: string
  /** Name of the database. */
  database: string
  /** The node to begin with, then those of `standby`. */
  nodes: Node[]
  /** Undefined for a connection that is not encrypted; in the driver's own words. */
  ssl: { ca?: string; rejectUnauthorized: boolean; verifyIdentity: boolean } | undefined
}

const USUAL_PORT = 3306
const PARTS = ['standby', 'ssl-mode', 'ssl-ca']
const ESCAPES =
  'must be mysql://user:password@host:3306/pointbook; in user and password write % as %25, @ as %40, : as %3A, / as %2F, ? as %3F and # as %23'

// The modes of MySQL's own tools, but for PREFERRED, which an attacker on the line turns into DISABLED.
const MODES: Record<string, Omit<NonNullable<DatabaseAddress['ssl']>, 'ca'> | undefined> = {
  DISABLED: undefined,
  REQUIRED: { rejectUnauthorized: false, verifyIdentity: false },
  VERIFY_CA: { rejectUnauthorized: true, verifyIdentity: false },
  VERIFY_IDENTITY: { rejectUnauthorized: true, verifyIdentity: true },
}

/** Reads a `mysql://` address. Throws an error whose message completes the sentence "DATABASE_URL …". */
export function readDatabaseAddress(text: string): DatabaseAddress {
  if (!URL.canParse(text)) throw new Error(ESCAPES)
  const url = new URL(text)
  if (url.protocol !== 'mysql:') throw new Error('must be a URL starting with mysql://')
  const isCut = url.hash !== '' || url.pathname.includes('@') || url.search.includes('@') || url.hostname === ''
  if (isCut) throw new Error(ESCAPES)
  const named = [...url.searchParams.keys()]
  const unknown = named.find((name) => !PARTS.includes(name))
  if (unknown !== undefined) throw new Error(`knows ${PARTS.join(', ')} after the question mark, not ${unknown}`)
  const twice = named.find((name, at) => named.indexOf(name) < at)
  if (twice !== undefined) throw new Error(`says ${twice} twice: write it once, several nodes with commas between them`)
  const database = decoded(url.pathname.slice(1))
  if (database === '' || database.includes('/')) throw new Error('must end with the name of a database: /pointbook')
  const nodes = [nodeOf(url.host), ...(url.searchParams.get('standby')?.split(',') ?? []).map(nodeOf)]
  const ssl = sslOf(url.searchParams)
  // The driver passes no name to Node then, and Node would accept a certificate for localhost.
  if (ssl?.verifyIdentity && nodes.some(({ host }) => isIP(host)))
    throw new Error(
      'has ssl-mode=VERIFY_IDENTITY, which checks names: write the name of the host in place of its number',
    )
  return { user: decoded(url.username), password: decoded(url.password), database, nodes, ssl }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Error(ESCAPES)
  }
}

/** `host`, `host:port` or `[::1]:port`. */
function nodeOf(text: string): Node {
  const url = URL.canParse(`mysql://${text}`) ? new URL(`mysql://${text}`) : undefined
  if (!url || url.host !== text || url.hostname === '') throw new Error(`names a node that is no host:port: "${text}"`)
  return { host: decoded(url.hostname.replace(/^\[|\]$/g, '')), port: Number(url.port || USUAL_PORT) }
}

function sslOf(parts: URLSearchParams): DatabaseAddress['ssl'] {
  const mode = parts.get('ssl-mode') ?? 'DISABLED'
  const file = parts.get('ssl-ca')
  if (!Object.hasOwn(MODES, mode)) throw new Error(`has an ssl-mode that is none of ${Object.keys(MODES).join(', ')}`)
  const checks = MODES[mode]
  if (file === null) return checks && { ...checks }
  if (!checks?.rejectUnauthorized) throw new Error('has ssl-ca, which needs ssl-mode=VERIFY_CA or VERIFY_IDENTITY')
  try {
    return { ...checks, ca: readFileSync(file, 'utf8') }
  } catch {
    throw new Error(`names a file in ssl-ca that cannot be read: ${file}`)
  }
}
