import type { Policy } from '@pointbook/shared/contract/policy'
import { addDays, dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { earnedInWindow, levelsUp, nextTier, tierOf } from '../../core/tiers.ts'
import type { House } from '../../outside.ts'
import { numberCursor, pageOf } from '../../platform/cursor.ts'
import type { Handle } from '../../platform/http.ts'
import { policyInForce } from '../policy/store.ts'
import { entryDetails, entryView } from './detail.ts'
import { readAccount, readCurve, readEntries } from './store.ts'

function windowText({ tiers }: Policy): string {
  if (tiers.window === 'calendar-year') return '本年度累计获得'
  return tiers.window === 'lifetime' ? '累计获得' : `近 ${tiers.rollingMonths} 个月累计获得`
}

export function pointsRoutes(handle: Handle, house: House) {
  const { db, clock, offsetMinutes } = house
  const today = () => dayOf(clock.now(), offsetMinutes)

  handle('GET /me/entries', async ({ input: { filter, cursor, limit = 20 }, caller: { memberId } }) => {
    const found = await readEntries(db, memberId, { filter, before: numberCursor(cursor), limit: limit + 1 })
    const { rows, next } = pageOf(found, limit, ({ entry }) => entry.seq)
    return { rows: rows.map(entryView), next }
  })

  handle('GET /me/entries/:seq', async ({ input: { seq }, caller: { memberId } }) => {
    const [found] = await readEntries(db, memberId, { before: seq + 1, limit: 1 })
    if (found?.entry.seq !== seq) throw new Refusal('entry.unknown')
    return (await entryDetails(house, memberId, [found]))[0]!
  })

  handle('GET /me/curve', async ({ input: { days = 90 }, caller: { memberId } }) => {
    const until = today()
    return { days: await readCurve(db, memberId, addDays(until, 1 - days), until, (at) => dayOf(at, offsetMinutes)) }
  })

  handle('GET /me/tier', async ({ caller: { memberId } }) => {
    const [account, { document: policy }] = await Promise.all([
      readAccount(db, memberId),
      policyInForce(db, clock.now()),
    ])
    if (!account) throw new Refusal('member.unknown')
    const next = nextTier(policy, account, today())
    return {
      currentId: tierOf(policy, account, today())?.id ?? null,
      earnedInWindow: earnedInWindow(policy, account, today()),
      windowText: windowText(policy),
      next: next && { id: next.tier.id, name: next.tier.name, pointsLeft: next.pointsLeft },
      tiers: levelsUp(policy),
    }
  })
}
