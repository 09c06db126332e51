import type { House } from '../../../outside.ts'
import type { Handle } from '../../../platform/http.ts'
import { readBalances } from './balances.ts'
import { readAsOf, readStatement } from './statement.ts'

/** The member and the merchant read the very same figures. */
export function statementRoutes(handle: Handle, house: House) {
  handle('GET /me/as-of', ({ input: { at }, caller: { memberId } }) => readAsOf(house, memberId, at))

  handle('GET /me/statement', ({ input: { from, to }, caller: { memberId } }) =>
    readStatement(house, memberId, from, to),
  )

  handle('GET /me/balances', ({ caller: { memberId } }) => readBalances(house, memberId))

  handle('GET /admin/members/:memberId/as-of', ({ input: { memberId, at } }) => readAsOf(house, memberId, at))

  handle('GET /admin/members/:memberId/statement', ({ input: { memberId, from, to } }) =>
    readStatement(house, memberId, from, to),
  )
}
