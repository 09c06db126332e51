import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { readBalances } from './balances.ts'
import { readAsOf, readStatement } from './statement.ts'

/** The member and the merchant read the very same figures. */
export function statementRoutes(handle: Handle, server: Server) {
  handle('GET /me/as-of', ({ input: { at }, caller: { memberId } }) => readAsOf(server, memberId, at))

  handle('GET /me/statement', ({ input: { from, to }, caller: { memberId } }) =>
    readStatement(server, memberId, from, to),
  )

  handle('GET /me/balances', ({ caller: { memberId } }) => readBalances(server, memberId))

  handle('GET /admin/members/:memberId/as-of', ({ input: { memberId, at } }) => readAsOf(server, memberId, at))

  handle('GET /admin/members/:memberId/statement', ({ input: { memberId, from, to } }) =>
    readStatement(server, memberId, from, to),
  )
}
