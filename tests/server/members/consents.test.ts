import { fixed, rate, times } from '@pointbook/config/policies/make'
import { jobs } from '@pointbook/server/features'
import { messageCredits } from '@pointbook/server/features/care/messages/tables'
import { consents } from '@pointbook/server/features/members/consents/tables'
import { members } from '@pointbook/server/features/members/directory/tables'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import type { OptionalPurpose } from '@pointbook/shared/purposes'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tagMember } from '../../support/edits.ts'
import { aRule, earningBy } from '../../support/policies.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>

const base = aRule({ id: 'base', gift: rate(1, 1) })
const forTagged = aRule({
  id: 'tagged',
  name: '熟客多给',
  gift: fixed(30),
  conditions: [{ type: 'tag', tags: ['熟客'] }],
})
const notForStaff = aRule({
  id: 'no-staff',
  name: '开业礼',
  gift: fixed(5),
  conditions: [{ type: 'not', of: { type: 'tag', tags: ['员工'] } }],
})
const onBirthday = aRule({
  id: 'birthday',
  name: '生日双倍',
  gift: times(2),
  conditions: [{ type: 'birthday', within: 'day' }],
})
const birthdayGift = aRule({ id: 'gift', name: '生日礼', trigger: 'birthday', gift: fixed(88) })

beforeAll(async () => {
  const rules = [base, forTagged, notForStaff, onBirthday, birthdayGift]
  world = await aWorld({ policy: { earning: earningBy(rules) } })
  admin = await world.asAdmin()
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
})
afterAll(() => world.close())

const choose = (me: Speaker, purpose: OptionalPurpose, allowed: boolean, more: object = {}) =>
  me.ask('POST /me/consents', { purpose, allowed, requestId: fresh('choice'), ...more })

async function aMe(tags: string[] = []) {
  const memberId = await world.aMember()
  if (tags.length > 0) await tagMember(admin, memberId, tags)
  return { memberId, me: await world.asMember(memberId) }
}

/** What a purchase of 10 yuan gave, and why. */
async function tenYuan(memberId: number) {
  const { points, why } = await world.buy(clerk, memberId, storeId, [1_000])
  return { points, of: (ruleId: string) => why.find((line) => line.ruleId === ruleId) }
}

const today = () => world.clock.now().slice(5, 10)

const runBirthdays = () =>
  jobs(world.server)
    .find(({ name }) => name === 'give-birthdays')!
    .run()

describe('personal offers (Law10)', () => {
  it('are given until the member refuses them, and the explanation says why not more', async () => {
    const { memberId, me } = await aMe(['熟客'])
    expect((await tenYuan(memberId)).points).toBe(45)
    await choose(me, 'personal-offers', false)
    const { points, of } = await tenYuan(memberId)
    expect(points).toBe(15)
    expect(of('tagged')).toMatchObject({ points: 0, text: '您关闭了个性化优惠，这一项不发' })
    await choose(me, 'personal-offers', true)
    expect((await tenYuan(memberId)).points).toBe(45)
  })

  it('cannot be refused to get out of what a tag excludes from', async () => {
    const { memberId, me } = await aMe(['员工'])
    expect((await tenYuan(memberId)).points).toBe(10)
    await choose(me, 'personal-offers', false)
    expect((await tenYuan(memberId)).points).toBe(10)
  })

  it('are what a member without the label does not get anyway', async () => {
    const { memberId, me } = await aMe()
    await choose(me, 'personal-offers', false)
    expect((await tenYuan(memberId)).of('tagged')).toMatchObject({ text: '仅限指定会员' })
  })
})

describe('the birthday (Law9)', () => {
  /** Somebody whose birthday is today, told a while ago. */
  async function bornToday() {
    const { memberId, me } = await aMe()
    await me.call('POST /me/profile', { birthday: today() })
    const earlier = { birthdaySetOn: '2025-01-01', joinedAt: '2025-01-01T00:00:00.000Z' }
    await world.db.update(members).set(earlier).where(eq(members.id, memberId))
    return { memberId, me }
  }

  it('gives what it was told for, until that is refused', async () => {
    const [happy, quiet] = [await bornToday(), await bornToday()]
    await choose(quiet.me, 'birthday', false)
    await runBirthdays()
    expect((await world.account(happy.memberId)).balance).toBe(88)
    expect((await world.account(quiet.memberId)).balance).toBe(0)
    expect((await tenYuan(happy.memberId)).points).toBe(30)
    expect((await tenYuan(quiet.memberId)).points).toBe(15)
    expect((await quiet.me.call('GET /me')).profile.birthday).toBe(today())
  })

  it('is deleted on request, and not set anew by the member', async () => {
    const { memberId, me } = await bornToday()
    expect(await choose(me, 'birthday', false, { eraseBirthday: true })).toMatchObject({ status: 200 })
    expect((await me.call('GET /me')).profile.birthday).toBeNull()
    const again = await me.ask('POST /me/profile', { birthday: '08-08' })
    expect(again).toMatchObject({ status: 409, body: { code: 'member.birthday-set' } })
    const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
    const correction = { memberId, birthday: '08-08', reason: '会员来电', revision: revisions.profile }
    await admin.call('PATCH /admin/members/:memberId/profile', correction)
    expect((await me.call('GET /me')).profile.birthday).toBe('08-08')
  })

  it('is deleted only where its use is refused', async () => {
    const { me } = await bornToday()
    for (const [purpose, allowed] of [
      ['birthday', true],
      ['reminders', false],
    ] as const)
      expect(await choose(me, purpose, allowed, { eraseBirthday: true })).toMatchObject({ status: 400 })
    expect((await me.call('GET /me')).profile.birthday).toBe(today())
    expect((await me.call('GET /me/consents')).purposes.every(({ allowed }) => allowed)).toBe(true)
  })

  it('told again after a refusal allows its use again, on the record', async () => {
    const { me } = await aMe()
    await choose(me, 'birthday', false)
    await me.call('POST /me/profile', { birthday: '08-08' })
    const { purposes, history } = await me.call('GET /me/consents')
    expect(purposes.find(({ purpose }) => purpose === 'birthday')).toMatchObject({ allowed: true })
    expect(history.map(({ place, given }) => [place, given])).toEqual([
      ['profile', true],
      ['privacy', false],
    ])
  })
})

describe('reminders', () => {
  const templateId = 'demo-expiry-template'

  it('refused, use up no permission of WeChat, and new ones do not count', async () => {
    const { memberId, me } = await aMe()
    const allow = () =>
      me.call('POST /me/message-credits', { answers: [{ templateId, answer: 'accept' }], requestId: fresh() })
    expect((await allow()).expiry).toBe(1)
    await choose(me, 'reminders', false)
    await world.settle()
    expect(await world.db.select().from(messageCredits).where(eq(messageCredits.memberId, memberId))).toEqual([])
    expect((await allow()).expiry).toBe(0)
    await choose(me, 'reminders', true)
    expect((await allow()).expiry).toBe(1)
  })
})

describe('the record of consents (Law9)', () => {
  it('has every answer with version, time and place, and the newest one in force', async () => {
    const { me } = await aMe()
    await choose(me, 'personal-offers', false)
    await choose(me, 'personal-offers', true)
    const { purposes, history } = await me.call('GET /me/consents')
    const at = world.clock.now()
    expect(purposes).toEqual([
      { purpose: 'reminders', allowed: true, saidAt: null, version: null },
      { purpose: 'personal-offers', allowed: true, saidAt: at, version: 0 },
      { purpose: 'birthday', allowed: true, saidAt: null, version: null },
    ])
    expect(history).toMatchObject([
      { subject: 'personal-offers', given: true, place: 'privacy', version: 0, at, reason: '' },
      { subject: 'personal-offers', given: false, place: 'privacy', version: 0, at, reason: '' },
    ])
  })

  it('has one line for an answer that was sent twice', async () => {
    const { memberId, me } = await aMe()
    const input = { purpose: 'reminders', allowed: false, requestId: fresh('twice') } as const
    const answers = await Promise.all(Array.from({ length: 20 }, () => me.ask('POST /me/consents', input)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(await world.db.$count(consents, eq(consents.memberId, memberId))).toBe(1)
  })

  it('keeps both of two answers at once, and no third state', async () => {
    const { memberId, me } = await aMe()
    await Promise.all(['reminders', 'birthday'].map((purpose) => choose(me, purpose as OptionalPurpose, false)))
    const { purposes } = await me.call('GET /me/consents')
    expect(purposes.map(({ allowed }) => allowed)).toEqual([false, true, false])
    expect(await world.db.$count(consents, eq(consents.memberId, memberId))).toBe(2)
  })

  it('refuses the service itself and unknown purposes as a purpose', async () => {
    const { me } = await aMe()
    for (const purpose of ['service', 'age', 'toString', '个性化', ''])
      expect((await choose(me, purpose as OptionalPurpose, false)).status).toBe(400)
  })

  it('is in the export, and stays after leaving without the reasons of the merchant', async () => {
    const { memberId, me } = await aMe()
    const refusal = { memberId, purpose: 'reminders', reason: '林女士来电', requestId: fresh() } as const
    await admin.call('POST /admin/members/:memberId/consents/refusal', refusal)
    const { body } = await me.ask('GET /me/export', { format: 'json' })
    expect(body.资料.同意与拒绝).toEqual([
      expect.objectContaining({ 用途: '微信提醒', 回答: '拒绝', 协议版本: '早期版本', 在哪里: '门店代办' }),
    ])
    await me.call('POST /me/leaving', { points: 0, requestId: fresh() })
    world.clock.travelDays(8)
    await jobs(world.server)
      .find(({ name }) => name === 'end-memberships')!
      .run()
    expect(await world.db.select().from(consents).where(eq(consents.memberId, memberId))).toMatchObject([
      { subject: 'reminders', given: false, reason: '' },
    ])
    const [row] = await world.db.select().from(members).where(eq(members.id, memberId))
    expect(row).toMatchObject({ choices: {}, agreedVersion: 0, agreedAt: null })
    world.clock.travelDays(-8)
  })
})

describe('a refusal that the member told the shop', () => {
  it('is recorded with its reason, in the record and in the audit log', async () => {
    const { memberId, me } = await aMe()
    const input = { memberId, purpose: 'personal-offers', reason: '会员来电', requestId: fresh() } as const
    const reply = await admin.call('POST /admin/members/:memberId/consents/refusal', input)
    expect(reply.history).toMatchObject([{ given: false, place: 'panel', reason: '会员来电' }])
    expect((await me.call('GET /me/consents')).purposes[1]).toMatchObject({ allowed: false })
    const lines = await world.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, 'member.consent'), eq(auditLog.subject, `member/${memberId}`)))
    expect(lines.map(({ text }) => text)).toEqual(['代会员关闭「个性化优惠」：会员来电'])
  })

  it('needs the right to handle privacy, and a member whose membership has not ended', async () => {
    const refusal = (memberId: number) => ({ memberId, purpose: 'birthday', reason: '来电', requestId: fresh() })
    const missing = await admin.ask('POST /admin/members/:memberId/consents/refusal', refusal(999_999_999))
    expect(missing.body.code).toBe('member.unknown')
    const double = await world.aMember()
    const keptId = await world.aMember()
    await world.db.execute(sql`UPDATE points_accounts SET standing = 'cancelled' WHERE member_id = ${double}`)
    const ended = await admin.ask('POST /admin/members/:memberId/consents/refusal', refusal(double))
    expect(ended.body.code).toBe('member.cancelled')
    expect(await world.db.$count(consents, eq(consents.memberId, keptId))).toBe(0)
  })
})

describe('a merge', () => {
  it('keeps what either record refused: the stricter wins', async () => {
    const [kept, double] = [await aMe(), await aMe()]
    await choose(kept.me, 'birthday', false)
    await choose(double.me, 'personal-offers', false)
    const merge = { memberId: kept.memberId, doubleId: double.memberId, reason: '同一人', requestId: fresh() }
    const answer = await admin.ask('POST /admin/members/:memberId/merge', merge)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    await world.settle()
    const { purposes, history } = await kept.me.call('GET /me/consents')
    expect(purposes.map(({ allowed }) => allowed)).toEqual([true, false, false])
    expect(history[0]).toMatchObject({ subject: 'personal-offers', given: false, place: 'merge' })
  })
})

describe('the audit of consents', () => {
  const faults = async () => {
    const { checks } = await world.audit()
    return checks.find(({ id }) => id === 'consents')!.faults
  }

  it('finds a state that differs from the last answer, and one without an answer', async () => {
    const { memberId, me } = await aMe()
    await choose(me, 'birthday', false)
    expect(await faults()).toEqual([])
    await world.db.update(members).set({ choices: {} }).where(eq(members.id, memberId))
    expect(await faults()).toEqual([`会员 ${memberId}：birthday 与最近一次的回答不符`])
    await choose(me, 'birthday', true)
    await world.db.update(members).set({ agreedVersion: 7 }).where(eq(members.id, memberId))
    expect(await faults()).toEqual([`会员 ${memberId}：同意的协议版本 7 与最近一次的回答不符`])
    await world.db.update(members).set({ agreedVersion: 0 }).where(eq(members.id, memberId))
  })
})
