import type { Pool } from 'mysql2'
import { isCrowded } from './failures.ts'
import { WRITE_NOTHING } from './probes.ts'
import { isNodeAtFault, type Route } from './route.ts'
import { SESSION } from './session.ts'
import { type RawConnection, watch } from './watch.ts'

type Done = Parameters<Pool['getConnection']>[0]
type Connection = Parameters<Done>[1]

/**
 * Lets a pool hand out a new connection only after its session is set. With several nodes, a connection that cannot be made or
 * prepared is made to the next node: nothing was sent over it yet, so nothing can happen twice. When the database allows no
 * further connection, callers wait for an existing one.
 */
export function handOutPrepared(pool: Pool, route: Route, silenceMs: number): void {
  const take = pool.getConnection.bind(pool)
  const prepared = new WeakSet<Connection>()
  const limit = (pool as unknown as DriverPool).config.connectionLimit
  const statements = route.nodes.length > 1 ? [...SESSION, WRITE_NOTHING] : SESSION

  function next(done: Done, tries: number) {
    const node = route.current()
    take((error, connection) => {
      if (error) return again(error)
      if (prepared.has(connection)) return done(null, connection)
      const raw = connection as unknown as RawConnection
      const silent = () => route.leave(node)
      watch(raw, { silenceMs, silent, isLeft: () => route.current() !== node })
      ask(raw, statements, (failure) => {
        if (failure) connection.destroy()
        else prepared.add(connection)
        if (failure) again(failure)
        else done(null, connection)
      })
    })

    function again(error: Error) {
      const failure = asDriverError(error)
      if (isCrowded(failure) && stopGrowing(pool, limit)) return next(done, tries)
      if (isNodeAtFault(failure)) route.leave(node)
      if (tries < route.nodes.length && isNodeAtFault(failure)) next(done, tries + 1)
      else done(failure as NodeJS.ErrnoException, undefined as never)
    }
  }

  pool.getConnection = (done) => next(done, 1)
}

// The database may have room again when another program has closed its connections.
const GROWS_AGAIN_MS = 1_000

/** Internal fields of a pool that the driver reads at every call. */
interface DriverPool {
  _allConnections: { length: number }
  config: { connectionLimit: number }
}

/** Limits a pool to the connections it has, for a second: beyond the limit the driver lets callers wait. False when it has none. */
function stopGrowing(pool: Pool, limit: number): boolean {
  const { _allConnections: open, config } = pool as unknown as DriverPool
  if (open.length === 0) return false
  config.connectionLimit = open.length
  setTimeout(() => {
    config.connectionLimit = limit
  }, GROWS_AGAIN_MS).unref()
  return true
}

function ask(connection: RawConnection, [statement, ...rest]: readonly string[], done: (error: Error | null) => void) {
  if (statement === undefined) return done(null)
  connection.query(statement, (error) => (error ? done(error) : ask(connection, rest, done)))
}

// "Pool is closed", an error without a mark of the driver.
const asDriverError = (error: Error): Error => ('code' in error ? error : Object.assign(error, { fatal: true }))
