import mysql, { type Connection } from 'mysql2/promise'
import { WRITE_NOTHING } from './probes.ts'
import { isNodeAtFault, type Route, routeTo } from './route.ts'
import { setSession } from './session.ts'

interface Options {
  /** How long each node may take to let us in. */
  connectTimeout?: number
}

/**
 * One connection outside the pools, with the session that all of ours have. Where the address names several nodes, they are tried
 * in turn until one lets us in and takes writes; everybody then stays with that one.
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

/** A database without tables yet is asked again when it is given them. */
async function requireWrites(connection: Connection): Promise<void> {
  await connection.query(WRITE_NOTHING).catch((error) => {
    if (error.code !== 'ER_NO_SUCH_TABLE') throw error
  })
}
