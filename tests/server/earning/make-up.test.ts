import { checkInsTable } from '@pointbook/server/features/earning/check-ins/tables'
import { mergedMembersTable } from '@pointbook/server/features/members/identities/tables'
import { changeStanding } from '@pointbook/server/features/points/ledger/moves'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPolicy } from '../../support/policies.ts'
import { aWorld, fresh, NOON } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>

beforeAll(async () => {
  const makeUp = { price: 20, daysBack: 7, perMonth: 2 }
  world = await aWorld({ policy: { checkIn: { ...aPolicy().checkIn, makeUp } } })
})
afterAll(() => world.close())

/** A member who joined on 2 March and has checked in on these days, counted from then; it is the day after the last mark. */
async function aMember(marks: string, points = 100) {
  world.clock.set(NOON)
  const memberId = await world.aMember({ points })
  const speaker = await world.asMember(memberId)
  for (const mark of marks) {
    if (mark === 'x') await speaker.call('POST /me/check-ins')
    world.clock.travelDays(1)
  }
  const makeUp = (on: string, requestId = fresh()) => speaker.call('POST /me/check-ins/make-up', { on, requestId })
  const refusal = async (on: string) =>
    (await speaker.ask('POST /me/check-ins/make-up', { on, requestId: fresh() })).body
  return { memberId, speaker, makeUp, refusal }
}

it('shows price and points of each missed day, takes the price and repairs the streak (B10, B20)', async () => {
  const { memberId, speaker, makeUp } = await aMember('x.x')
  expect((await speaker.call('GET /me/check-ins', {})).makeUp).toEqual({
    price: 20,
    left: 2,
    days: [{ on: '2026-03-03', points: 10, streak: 3 }],
  })
  expect(await makeUp('2026-03-03')).toEqual({
    on: '2026-03-03',
    price: 20,
    points: 10,
    streak: 3,
    balance: 100 + 5 + 5 - 20 + 10,
    text: '补签成功，获得 10 分，已连续签到 3 天',
  })
  const after = await speaker.call('GET /me/check-ins', {})
  expect(after).toMatchObject({ streak: 3, pointsToday: 5, makeUp: { left: 1, days: [] } })
  expect(after.days).toContainEqual({ on: '2026-03-03', points: 10 })
  const [gift, price] = await world.entries(memberId)
  expect(price).toMatchObject({ kind: 'spend', cause: 'make-up', ref: '2026-03-03', delta: -20 })
  expect(gift).toMatchObject({ kind: 'earn', cause: 'check-in', ref: '2026-03-03', delta: 10 })
  expect((await world.audit()).passed).toBe(true)
})

it('continues the repaired streak with the next check-in', async () => {
  const { speaker, makeUp } = await aMember('xx.xxx')
  await makeUp('2026-03-04')
  expect(await speaker.call('POST /me/check-ins')).toMatchObject({ streak: 7, points: 5 + 10 })
})

it('repairs yesterday before today is checked in', async () => {
  const { speaker, makeUp } = await aMember('xx.')
  expect(await makeUp('2026-03-04')).toMatchObject({ streak: 3, points: 10 })
  expect(await speaker.call('POST /me/check-ins')).toMatchObject({ streak: 4 })
})

it('does not change today’s streak while a gap remains', async () => {
  const { makeUp } = await aMember('x..xx')
  expect(await makeUp('2026-03-03')).toMatchObject({ streak: 2, points: 5 })
})

it('counts the days of a double that was merged into the member', async () => {
  const { memberId, speaker, makeUp, refusal } = await aMember('x..x')
  const double = await world.aMember()
  await world.db.insert(mergedMembersTable).values({ memberId: double, intoId: memberId, takenIn: 0 })
  await world.db.insert(checkInsTable).values({ memberId: double, on: '2026-03-03', points: 5 })
  expect((await speaker.call('GET /me/check-ins', {})).makeUp!.days).toEqual([
    { on: '2026-03-04', points: 10, streak: 4 },
  ])
  expect(await refusal('2026-03-03')).toMatchObject({ code: 'make-up.out-of-reach' })
  expect(await makeUp('2026-03-04')).toMatchObject({ points: 10, streak: 4 })
})

it('gives the points of a day once for any number of simultaneous requests', async () => {
  const { memberId, makeUp } = await aMember('x.x')
  const answers = await Promise.all(Array.from({ length: 20 }, () => makeUp('2026-03-03')))
  expect(new Set(answers.map(({ balance }) => balance)).size).toBe(1)
  expect(await world.account(memberId)).toMatchObject({ balance: 100, seq: 5 })
  expect((await world.audit()).passed).toBe(true)
})

it('counts make-ups per month, also for several days at once, and starts again in the next month', async () => {
  const { makeUp, refusal, speaker } = await aMember('x....')
  const days = ['2026-03-03', '2026-03-04', '2026-03-05']
  const answers = await Promise.allSettled(days.map((on) => makeUp(on)))
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(await refusal('2026-03-06')).toMatchObject({
    code: 'make-up.limit-reached',
    text: '每月最多补签 2 次，这个月的次数已用完',
  })
  world.clock.set('2026-04-02T04:00:00.000Z')
  expect((await speaker.call('GET /me/check-ins', {})).makeUp).toMatchObject({ left: 2 })
  expect(await makeUp('2026-03-31')).toMatchObject({ points: 5 })
})

it.each([
  ['that was checked in', '2026-03-02', 'check-in.made'],
  ['that is today', '2026-03-05', 'make-up.out-of-reach'],
  ['to come', '2026-03-06', 'make-up.out-of-reach'],
  ['before the member joined', '2026-03-01', 'make-up.out-of-reach'],
  ['that no calendar has', '2026-02-30', 'input.invalid'],
])('refuses a day %s, and changes nothing', async (_, on, code) => {
  const { memberId, refusal } = await aMember('x..')
  expect(await refusal(on)).toMatchObject({ code })
  expect(await world.account(memberId)).toMatchObject({ balance: 105 })
})

it('refuses a day too long ago', async () => {
  const { refusal } = await aMember('x.........')
  expect((await refusal('2026-03-04')).text).toBe('这一天不能补签：只能补入会以后、最近 7 天内漏签的日子')
})

it('refuses a member without enough points, and a frozen account', async () => {
  const { memberId, refusal } = await aMember('x.', 0)
  expect(await refusal('2026-03-03')).toMatchObject({ code: 'points.short', text: '积分不足，还差 15 分' })
  await world.book.make(changeStanding, {
    memberId,
    standing: 'frozen',
    reason: '核查',
    requestId: fresh(),
    actor: 'admin/demo',
  })
  expect(await refusal('2026-03-03')).toMatchObject({ code: 'member.frozen' })
})
