import { personalParts } from '@pointbook/server/features'
import { type Fate, keep, thenRun } from '@pointbook/server/features/members/directory/personal-part'
import { guardians } from '@pointbook/server/features/members/guardians/tables'
import { endTerms } from '@pointbook/server/features/members/privacy/end-terms'
import { endedTerms, leaveRequests } from '@pointbook/server/features/members/privacy/tables'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { eq, getTableName } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aShopToLeave } from '../../support/leavers.ts'
import { fresh, NOON } from '../../support/server.ts'

let shop: Awaited<ReturnType<typeof aShopToLeave>>
beforeAll(async () => {
  shop = await aShopToLeave()
})
afterAll(() => shop.close())

const fates = personalParts.flatMap(({ leaving }) => leaving)
const staying = fates.flatMap((fate: Fate) =>
  fate.does !== 'erase' && fate.ends.does === 'stay' ? [getTableName(fate.table)] : [],
)

const OF_MEMBER = /\.((member|inviter|invitee|clerk|into)_id|from_member|subject|actor)$/

/**
 * The tables, other than those whose rows stay, that have rows of a member, with their actions. A friend's own rows may name the
 * number in a reference as the friend's ledger does.
 */
async function tablesOf(memberId: number): Promise<string[]> {
  const places = (await shop.placesOf(String(memberId))).filter((place) => OF_MEMBER.test(place))
  return [...new Set(places.map((place) => place.split('.')[0]!))].filter((table) => !staying.includes(table)).sort()
}

const linesOfTerms = async () => shop.db.select().from(auditLog).where(eq(auditLog.action, 'member.term'))
const isClean = async () => {
  const { passed, checks } = await shop.audit()
  expect(passed, JSON.stringify(checks.filter((check) => !check.passed))).toBe(true)
}

/** Somebody who has left at noon of a day. */
async function aLeaver(on: string, life: { me: Awaited<ReturnType<typeof shop.asMember>>; memberId: number }) {
  shop.clock.set(`${on}T04:00:00.000Z`)
  const { points } = await life.me.call('GET /me/leaving')
  expect((await shop.askToLeave(life.me, points)).status).toBe(200)
  await shop.waitOut()
  const [request] = await shop.db.select().from(leaveRequests).where(eq(leaveRequests.memberId, life.memberId))
  expect(request!.state).toBe('done')
  return request!.endedAt!.slice(0, 10)
}

/** Runs the job at noon of a day. */
async function endOn(day: string) {
  shop.clock.set(`${day}T04:00:00.000Z`)
  for (const job of ['sweep-audit-log', 'sweep-inbox']) await shop.run(job)
  return shop.run('end-terms')
}

it('ends what the laws keep on the day after the last day of each term, until nothing is left but the books (Law9, M20)', async () => {
  const { back, memberId, orderCode } = await shop.aFullLife()
  const consented = { version: 1, phoneSealed: '', phoneMasked: '', confirmedAt: NOON, withdrawnAt: null }
  await shop.db.insert(guardians).values({ memberId, ...consented })
  expect(await aLeaver('2026-03-02', { me: back, memberId })).toBe('2026-03-09')
  const known = await tablesOf(memberId)
  expect(known).toEqual(
    expect.arrayContaining(['consents', 'guardians', 'moves', 'purchases', 'orders', 'case_members']),
  )
  expect(await shop.placesOf('商品1')).toEqual(['purchases.lines'])
  expect(await shop.placesOf(orderCode)).toEqual(['moves.outcome', 'orders.pickup_code'])

  expect(await endOn('2029-03-09')).toBe(0)
  expect(await tablesOf(memberId)).toEqual(known)

  expect(await endOn('2029-03-10')).toBe(2)
  for (const text of ['商品1', orderCode]) expect(await shop.placesOf(text)).toEqual([])
  const kept = await tablesOf(memberId)
  for (const table of ['consents', 'guardians', 'moves', 'quotas']) expect(kept).not.toContain(table)
  expect(kept).not.toContain('audit_log')
  expect(kept).toEqual(expect.arrayContaining(['case_members', 'leave_requests', 'orders', 'purchases']))
  await isClean()

  expect(await endOn('2056-12-31')).toBe(0)
  expect(await endOn('2057-01-01')).toBe(1)
  // The figures that the entries of the ledger stand on, without what was bought and fetched.
  expect(await tablesOf(memberId)).toEqual(['orders', 'purchases'])
  await isClean()
  expect(await endOn('2057-01-02')).toBe(0)
})

/** Somebody who only bought something, and left. */
async function aBuyerWhoLeft(on: string) {
  const person = await shop.aPerson()
  shop.clock.set(`${on}T04:00:00.000Z`)
  const { receiptNo } = await shop.buy(shop.clerk, person.memberId, shop.storeId, [3_000])
  await aLeaver(on, { ...person, me: await shop.asMember(person.memberId) })
  return { ...person, receiptNo }
}

const marksOf = async (memberId: number) => {
  const rows = await shop.db.select().from(endedTerms).where(eq(endedTerms.memberId, memberId))
  return rows.map(({ law }) => law).sort()
}

it('does nothing of a batch that breaks off, and all of it when it is repeated, also by two servers at once', async () => {
  const leavers = [await aBuyerWhoLeft('2057-02-01'), await aBuyerWhoLeft('2057-02-01')]
  shop.clock.set('2060-03-01T04:00:00.000Z')
  const [first] = leavers
  const breaks = thenRun((_tx, memberId) =>
    memberId === leavers[1]!.memberId ? Promise.reject(new Error('killed')) : Promise.resolve(0),
  )
  const broken = [...personalParts, { sections: [], leaving: [keep(guardians, 'consent', breaks)] }]
  await expect(endTerms(shop.server, broken)).rejects.toThrow('killed')
  // The laws end one by one; the batch that broke off left the first member alone too.
  expect(await marksOf(first!.memberId)).toEqual(['transactions'])

  const before = (await linesOfTerms()).length
  const both = await Promise.all([endTerms(shop.server, personalParts), endTerms(shop.server, personalParts)])
  expect(both.sort()).toEqual([0, 2])
  const [line, ...others] = (await linesOfTerms()).slice(before)
  expect(others).toEqual([])
  expect(line!.text).toContain('清理了 2 位已注销会员的')
  expect(JSON.parse(line!.detail)).toMatchObject({ guardians: 0 })
  for (const { memberId } of leavers) expect(JSON.stringify(line)).not.toContain(String(memberId))
  expect(await marksOf(first!.memberId)).toEqual(['consent', 'transactions'])
  expect(await endTerms(shop.server, personalParts)).toBe(0)
})

it('goes on the next day where there is more than a run may do', async () => {
  await aBuyerWhoLeft('2061-02-01')
  await aBuyerWhoLeft('2061-02-08')
  shop.clock.set('2064-06-01T04:00:00.000Z')
  expect([await endTerms(shop.server, personalParts, 3), await endTerms(shop.server, personalParts, 3)]).toEqual([3, 1])
})

it('counts anew from a return of goods after the member has left', async () => {
  const { memberId, receiptNo } = await aBuyerWhoLeft('2065-02-01')
  shop.clock.set('2067-02-01T04:00:00.000Z')
  const goods = { storeId: shop.storeId, receiptNo, lines: [{ line: 0, quantity: 1, amountFen: 3_000 }] }
  const { points } = await shop.admin.call('POST /admin/purchases/returns/preview', goods)
  await shop.admin.call('POST /admin/purchases/returns', { ...goods, points, reason: '质量问题', requestId: fresh() })
  await isClean()
  expect(await endOn('2070-02-01')).toBe(0)
  expect(await marksOf(memberId)).toEqual([])
  expect(await endOn('2070-02-02')).toBe(2)
})
