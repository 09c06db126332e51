import { fixed, tier, tiersOf } from '@pointbook/config/policies/make'
import { readInbox } from '@pointbook/server/features/care/messages/store'
import { checkIn } from '@pointbook/server/features/earning/check-ins/moves'
import { recordAct } from '@pointbook/server/features/earning/events/acts'
import { giveBirthdays } from '@pointbook/server/features/earning/events/birthdays'
import { noProfile } from '@pointbook/server/features/earning/events/earn'
import { members } from '@pointbook/server/features/members/directory/tables'
import type { Condition, EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aRule, earningBy } from '../../support/policies.ts'
import { aServer } from '../../support/server.ts'
import { aWorld, fresh, publish } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>

const actRule = (trigger: EarningRule['trigger'], points: number, event = '') =>
  aRule({ id: `${trigger}${event && `-${event}`}`, name: trigger, trigger, event, gift: fixed(points) })

beforeAll(async () => {
  world = await aWorld({
    policy: {
      earning: earningBy([
        actRule('profile', 30),
        actRule('birthday', 200),
        actRule('review', 20),
        actRule('activity', 15, 'double-eleven'),
      ]),
    },
  })
})
afterAll(() => world.close())

const titles = async (memberId: number) =>
  (await readInbox(world.db, memberId, undefined, 20)).map(({ title, body }) => `${title}｜${body}`)

const whole = { sex: 'female', birthday: '1996-08-08', address: '人民路 1 号' } as const

it('shows the points for a complete profile, gives them once with the last field, and notifies (B21, B22, B23)', async () => {
  const memberId = await world.aMember()
  const me = await world.asMember(memberId)
  expect(await me.call('GET /me/profile/gift')).toEqual({ points: 30, missing: ['sex', 'birthday', 'address'] })
  expect(await me.call('POST /me/profile', { sex: 'female', address: '人民路 1 号' })).toMatchObject({ earned: 0 })
  expect(await me.call('GET /me/profile/gift')).toEqual({ points: 30, missing: ['birthday'] })
  expect(await me.call('POST /me/profile', { birthday: '1996-08-08' })).toMatchObject({ earned: 30 })
  await me.call('POST /me/profile', { address: '' })
  expect(await me.call('GET /me/profile/gift')).toEqual({ points: 0, missing: ['address'] })
  expect(await me.call('POST /me/profile', whole)).toMatchObject({ earned: 0 })
  await world.settle()
  expect((await world.entries(memberId)).map(({ cause, delta }) => [cause, delta])).toEqual([['profile', 30]])
  expect(await titles(memberId)).toEqual(['积分到账｜完善资料：30 分已到账。'])
})

it('gives points once when two phones fill the last two fields at the same time', async () => {
  const memberId = await world.aMember()
  const me = await world.asMember(memberId)
  await me.call('POST /me/profile', { birthday: '1996-08-08' })
  await Promise.all([me.call('POST /me/profile', { sex: 'male' }), me.call('POST /me/profile', { address: '人民路' })])
  await world.settle()
  expect((await world.account(memberId)).balance).toBe(30)
})

it('gives the points through the outbox when a server died right after saving the profile', async () => {
  const memberId = await world.aMember()
  await world.db.execute(
    sql`INSERT INTO outbox (topic, payload, due_at, attempts, last_error)
        VALUES ('profile.completed', ${JSON.stringify({ memberId })}, '2026-01-01', 0, '')`,
  )
  await world.settle()
  expect((await world.account(memberId)).balance).toBe(30)
})

it('saves the profile of a frozen member, who earns nothing by it', async () => {
  const memberId = await world.aMember()
  await world.db.execute(sql`UPDATE points_accounts SET standing = 'frozen' WHERE member_id = ${memberId}`)
  const me = await world.asMember(memberId)
  expect(await me.call('GET /me/profile/gift')).toMatchObject({ points: 0 })
  expect(await me.call('POST /me/profile', whole)).toMatchObject({ ...whole, earned: 0 })
  await world.settle()
  const [left] = await world.db.execute(sql`SELECT topic FROM outbox WHERE topic = 'profile.completed'`)
  expect(left).toEqual([])
})

it('congratulates on the birthday, once a year; members born on 29 February on the 28th in other years (B13, E12)', async () => {
  const bornOn = async (birthday: string) => {
    const memberId = await world.aMember()
    await world.db.execute(sql`UPDATE members SET birth_month_day = ${birthday.slice(-5)} WHERE id = ${memberId}`)
    return memberId
  }
  const [leap, plain, other] = await Promise.all(['1996-02-29', '1990-02-28', '1990-03-01'].map(bornOn))
  const frozen = await bornOn('1990-02-28')
  await world.db.execute(sql`UPDATE points_accounts SET standing = 'frozen' WHERE member_id = ${frozen}`)
  const balances = () => Promise.all([leap, plain, other, frozen].map(async (id) => (await world.account(id!)).balance))
  const on = async (now: string) => {
    world.clock.set(now)
    return (await Promise.all([giveBirthdays(world.server), giveBirthdays(world.server)])).reduce((a, b) => a + b)
  }
  expect(await on('2027-02-27T04:00:00.000Z')).toBe(0)
  expect(await on('2027-02-27T16:00:00.000Z')).toBe(2)
  expect(await on('2027-02-28T15:59:59.000Z')).toBe(0)
  expect(await balances()).toEqual([200, 200, 0, 0])
  expect(await on('2028-02-28T04:00:00.000Z')).toBe(1)
  expect(await on('2028-02-29T04:00:00.000Z')).toBe(1)
  expect(await on('2028-03-01T04:00:00.000Z')).toBe(1)
  await world.settle()
  expect(await titles(leap!)).toContain('生日快乐｜祝您生日快乐！200 分生日礼已到账。')
  world.clock.set('2026-03-02T04:00:00.000Z')
})

it('congratulates members who join or enter the birthday on that day from the next birthday on, unless the policy says otherwise (FN15)', async () => {
  world.clock.set('2026-03-02T04:00:00.000Z')
  const memberId = await world.aMember()
  const before = await world.aMember()
  const messagesOf = async (id: number) =>
    (await world.asMember(id)).call('POST /me/profile', { birthday: '1996-03-02', sex: 'female' })
  await messagesOf(memberId)
  await giveBirthdays(world.server)
  expect((await world.account(memberId)).balance).toBe(0)
  world.clock.set('2027-03-02T04:00:00.000Z')
  await messagesOf(before)
  await giveBirthdays(world.server)
  expect((await world.account(memberId)).balance).toBe(200)
  expect((await world.account(before)).balance).toBe(0)
  const admin = await world.asAdmin()
  const { inForce } = await admin.call('GET /admin/policy')
  await publish(admin, { ...inForce, birthdayAtOnce: true })
  await giveBirthdays(world.server)
  expect((await world.account(before)).balance).toBe(200)
  await publish(admin, inForce)
  world.clock.set('2026-03-02T04:00:00.000Z')
})

it('handles more birthdays than fit one batch', async () => {
  const born = await Promise.all(Array.from({ length: 300 }, () => world.aMember()))
  await world.db.execute(sql`UPDATE members SET birth_month_day = '06-01' WHERE id IN ${born}`)
  world.clock.set('2026-06-01T04:00:00.000Z')
  expect(await giveBirthdays(world.server)).toBe(300)
  expect(await giveBirthdays(world.server)).toBe(0)
  world.clock.set('2026-03-02T04:00:00.000Z')
}, 60_000)

it('lets the merchant record a review or an activity, with its points and explanations (B2, B12, B25)', async () => {
  const memberId = await world.aMember()
  const admin = await world.asAdmin()
  const input = { memberId, trigger: 'activity', code: 'double-eleven', note: '双十一满减活动' } as const
  const requestId = fresh()
  const first = await admin.call('POST /admin/members/:memberId/acts', { ...input, requestId })
  expect(first).toMatchObject({ points: 15, balance: 15, why: [{ points: 15, matched: true }] })
  expect(await admin.call('POST /admin/members/:memberId/acts', { ...input, requestId })).toEqual(first)
  const other = { ...input, code: 'unheard-of', requestId: fresh() }
  expect(await admin.call('POST /admin/members/:memberId/acts', other)).toEqual({ points: 0, balance: 15, why: [] })
  const review = { ...input, trigger: 'review', code: '', requestId: fresh() } as const
  expect(await admin.call('POST /admin/members/:memberId/acts', review)).toMatchObject({ points: 20, balance: 35 })
  const log = await admin.call('POST /admin/audit-log/search', { action: 'points.act' })
  expect(log.rows.map(({ text }) => text)).toEqual([
    '评价，20 分：双十一满减活动',
    '参加活动（unheard-of），0 分：双十一满减活动',
    '参加活动（double-eleven），15 分：双十一满减活动',
  ])
  expect((await world.audit()).passed).toBe(true)
})

it('applies conditions about the member and the time to acts', async () => {
  const giving = (points: number, condition: Condition) =>
    aRule({ id: `gives-${points}`, trigger: 'review', conditions: [condition], gift: fixed(points) })
  const rules = [
    giving(1, { type: 'tag', tags: ['老客'] }),
    giving(2, { type: 'birthday', within: 'day' }),
    giving(4, { type: 'tier', tierIds: ['basic'] }),
    giving(8, { type: 'tier', tierIds: ['gold'] }),
    giving(16, { type: 'weekday', days: [1] }),
    giving(32, { type: 'hours', fromMinute: 720, untilMinute: 721 }),
    giving(64, { type: 'hours', fromMinute: 0, untilMinute: 720 }),
  ]
  const tiers = tiersOf([tier('basic', '普通会员', 0, 1), tier('gold', '金卡会员', 900, 1)])
  const server = await aServer({ policy: { earning: earningBy(rules), tiers } })
  const reviewing = async (profile: typeof noProfile) => {
    const memberId = await server.aMember()
    const what = { trigger: 'review', code: '', ref: fresh(), amountFen: 0, quantity: 1, actor: 'system' } as const
    return (await server.book.make(recordAct, { memberId, profile, ...what })).points
  }
  expect(await reviewing(noProfile)).toBe(4 + 16 + 32)
  expect(await reviewing({ ...noProfile, tags: ['老客'], birthday: '1990-03-02' })).toBe(1 + 2 + 4 + 16 + 32)
  await server.close()
})

it('applies conditions about the member to check-ins', async () => {
  const forRegulars = aRule({
    id: 'regulars',
    trigger: 'check-in',
    conditions: [{ type: 'tag', tags: ['老客'] }],
    gift: fixed(7),
  })
  const server = await aServer({ policy: { earning: earningBy([forRegulars]) } })
  const [regular, stranger] = [await server.aMember(), await server.aMember()]
  await server.db
    .update(members)
    .set({ tags: ['老客'] })
    .where(eq(members.id, regular))
  const pointsOf = async (memberId: number) => (await server.book.make(checkIn, { memberId, on: '2026-03-02' })).points
  expect((await pointsOf(regular)) - (await pointsOf(stranger))).toBe(7)
  await server.close()
})
