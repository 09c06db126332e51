import { connect, type Socket } from 'node:net'
import { type DatabaseAddress, type Node, readDatabaseAddress } from '@pointbook/config/database-address'
import { isCrowded, isRefused } from './failures.ts'

/** The driver's options that say where the database is, and who we are. */
type Login = Pick<DatabaseAddress, 'user' | 'password' | 'database'> & { host: string; port: number; ssl?: object }

/** The route to the database of an address. All connections go to one node. */
export interface Route {
  login: Login & { stream?: (driver: { config: { host?: string } }) => Socket }
  nodes: readonly Node[]
  /** Which node is used: a number that grows whenever all move on. */
  current(): number
  /** Moves all connections to the next node, unless the node of that number was already left. */
  leave(left: number): void
}

const routes = new Map<string, Route>()

/**
 * The route of a DATABASE_URL, shared within this process. `?standby=host:port,host:port` names further nodes of the same
 * cluster, each of which takes writes.
 */
export function routeTo(url: string): Route {
  const known = routes.get(url) ?? newRoute(readDatabaseAddress(url))
  routes.set(url, known)
  return known
}

function newRoute({ user, password, database, nodes, ssl }: DatabaseAddress): Route {
  let current = 0
  const login = { ...nodes[0]!, user, password, database, ...(ssl ? { ssl } : {}) }
  const route = {
    nodes,
    current: () => current,
    leave: (left: number) => {
      if (left === current && nodes.length > 1) current++
    },
  }
  if (nodes.length === 1) return { ...route, login }
  const stream: Route['login']['stream'] = ({ config }) => {
    const { host, port } = nodes[current % nodes.length]!
    // The driver checks a certificate against this name.
    config.host = host
    return connect({ host, port, noDelay: true, keepAlive: true })
  }
  return { ...route, login: { ...login, stream } }
}

/**
 * Whether a failure to connect or to prepare a connection is a reason to try the next node. It is not when this node has too many
 * connections, which may be our own, or refuses the user, as the others would.
 */
export const isNodeAtFault = (error: unknown): boolean => !isCrowded(error) && !isRefused(error)
