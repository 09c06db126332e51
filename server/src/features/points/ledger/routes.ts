import { addDays, dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { numberCursor, pageOf } from '../../../platform/cursor.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { worthTelling } from '../policy/explanation.ts'
import { entryDetails, entryView } from './detail.ts'
import { readCurve, readEntries } from './store.ts'

export function ledgerRoutes(handle: Handle, server: Server) {
  const { db, clock, offsetMinutes } = server
  const today = () => dayOf(clock.now(), offsetMinutes)

  handle('GET /me/entries', async ({ input: { filter, cursor, limit = 20 }, caller: { memberId } }) => {
    const entryRows = await readEntries(db, memberId, { filter, before: numberCursor(cursor), limit: limit + 1 })
    const { rows, next } = pageOf(entryRows, limit, ({ entry }) => entry.seq)
    return { rows: rows.map(entryView), next }
  })

  handle('GET /me/entries/:seq', async ({ input: { seq }, caller: { memberId } }) => {
    const [row] = await readEntries(db, memberId, { before: seq + 1, limit: 1 })
    if (row?.entry.seq !== seq) throw new Refusal('entry.unknown')
    const own = { ...row, entry: { ...row.entry, why: row.entry.why.filter(worthTelling) } }
    return (await entryDetails(server, memberId, [own]))[0]!
  })

  handle('GET /me/curve', async ({ input: { days = 90 }, caller: { memberId } }) => {
    const until = today()
    return { days: await readCurve(db, memberId, addDays(until, 1 - days), until, (at) => dayOf(at, offsetMinutes)) }
  })
}
