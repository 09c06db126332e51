import mysql, { type Connection } from 'mysql2/promise'
import { WRITE_NOTHING } from './probes.ts'
import { isNodeAtFault, type Route, routeTo } from './route.ts'
import { setSession } from './session.ts'

interface Options {
  /** The time limit for connecting to each node. */
  connectTimeout?: number
}

/**
 * One connection outside the pools, with the session that all of ours have. If the address names several nodes, they are tried in
 * turn until one accepts the connection and takes writes; the whole process then uses that node.
 */
export async function openConnection(url: string, options: Options = {}): Promise<Connection> {
  const route = routeTo(url)
  for (let tries = 1; ; tries++) {
    const node = route.current()
    try {
      return await connectTo(route, options)
    } catch (error) {
      if (!isNodeAtFault(error)) throw error
      route.leave(node)
      if (tries === route.nodes.length) throw error
    }
  }
}

async function connectTo(route: Route, options: Options): Promise<Connection> {
  const connection = await mysql.createConnection({ ...route.login, charset: 'utf8mb4', ...options })
  try {
    await setSession(connection)
    await requireWrites(connection)
    return connection
  } catch (error) {
    connection.destroy()
    throw error
  }
}

/** A database without tables is checked again when they are created. */
async function requireWrites(connection: Connection): Promise<void> {
  await connection.query(WRITE_NOTHING).catch((error) => {
    if (error.code !== 'ER_NO_SUCH_TABLE') throw error
  })
}
