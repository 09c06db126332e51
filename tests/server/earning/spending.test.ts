import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { and, desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeSettings } from '../../support/edits.ts'
import { aPolicy } from '../../support/policies.ts'
import { aWorld, fresh, NOON, putInForce, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>
let blanks: string[]

const offset = { pointsPerYuan: 100, minimumPoints: 100, stepPoints: 100, maximumShareBp: 5_000 }
const lines = [{ name: '拿铁', quantity: 1, amountFen: 100_00 }]
const SECOND = 1_000

beforeAll(async () => {
  world = await aWorld({ policy: { offset } })
  admin = await world.asAdmin()
  storeId = await world.aStore('人民广场店')
  await changeSettings(admin, { name: '云朵咖啡', notice: '', servicePhone: '', cards: true })
  const { batchId } = await admin.call('POST /admin/card-batches', { cards: 10, requestId: fresh() })
  blanks = (await admin.call('GET /admin/card-batches/:batchId', { batchId })).cardNos
})
beforeEach(async () => {
  world.clock.set(NOON)
  clerk = await world.aClerk([storeId])
})
afterAll(async () => {
  expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
  await world.close()
})

const noOf = (memberId: number) => String(memberId).padStart(8, '0')

const byNumber = async (memberId: number) =>
  (await clerk.call('POST /clerk/look-ups', { storeId, member: { memberNo: noOf(memberId) } })).visit

async function byCard(memberId: number) {
  const cardNo = blanks.pop()!
  await admin.call('POST /admin/members/:memberId/cards', { memberId, cardNo })
  const scanned = await clerk.call('POST /clerk/scans', { code: cardNo, storeId, requestId: fresh() })
  return scanned.kind === 'member' ? scanned.visit : ''
}

const aSale = (visit: string, offsetPoints: number, draftId = fresh('draft')) => ({
  visit,
  storeId,
  requestId: draftId,
  lines,
  offsetPoints,
})

describe('a member found by phone or number (FT1)', () => {
  it('is shown to the clerk and earns, and the visit says how they were found (FT1)', async () => {
    const phone = '13700137000'
    const memberId = await world.aMember({ nickname: '林小满', phone: world.outside.keys.hash(phone) })
    for (const [member, by] of [
      [{ phone }, 'phone'],
      [{ memberNo: noOf(memberId) }, 'number'],
    ] as const) {
      const lookUp = await clerk.call('POST /clerk/look-ups', { storeId, member })
      expect(lookUp).toMatchObject({ kind: 'member', by, visitSeconds: 900, member: { memberId, nickname: '林小满' } })
      await clerk.call('POST /clerk/purchases', aSale(lookUp.visit, 0))
    }
    expect((await world.account(memberId)).balance).toBe(200)
  })

  it('is the kept record when the phone or number belongs to a double (FT1)', async () => {
    const [keptId, doubleId] = [await world.aMember({ nickname: '本人' }), await world.aMember()]
    const merge = { memberId: keptId, doubleId, reason: '同一个人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    const { member } = await clerk.call('POST /clerk/look-ups', { storeId, member: { memberNo: noOf(doubleId) } })
    expect(member).toMatchObject({ memberId: keptId, nickname: '本人' })
  })

  it('leaves a line in the audit log, found or not, and never the phone number (FT1)', async () => {
    const memberId = await world.aMember()
    await byNumber(memberId)
    const unknown = { storeId, member: { phone: '13999999999' } }
    expect(await clerk.ask('POST /clerk/look-ups', unknown)).toMatchObject({
      status: 404,
      body: { code: 'member.unknown' },
    })
    const rows = await world.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.actor, `clerk/${clerk.memberId}`), eq(auditLog.action, 'member.look-up')))
      .orderBy(desc(auditLog.id))
    expect(rows.map(({ subject, text }) => [subject, text])).toEqual([
      [`store/${storeId}`, '按手机号查找会员，没有找到'],
      [`member/${memberId}`, `按会员号查找会员 ${noOf(memberId)}`],
    ])
    expect(JSON.stringify(rows)).not.toContain('13999999999')
  })

  it('may be looked for twenty times a minute by one clerk, by no stranger, and at no foreign store (FT1)', async () => {
    const memberId = await world.aMember()
    const wish = { storeId, member: { memberNo: noOf(memberId) } }
    for (let times = 1; times <= 20; times++) expect((await clerk.ask('POST /clerk/look-ups', wish)).status).toBe(200)
    expect((await clerk.ask('POST /clerk/look-ups', wish)).body.code).toBe('rate.exceeded')
    const other = await world.aClerk([await world.aStore()])
    expect((await other.ask('POST /clerk/look-ups', wish)).body.code).toBe('store.foreign')
    const member = await world.asMember(memberId)
    expect((await member.ask('POST /clerk/look-ups', wish)).body.code).toBe('session.forbidden')
  })

  it('gets no card from the clerk before the code was scanned (FS11)', async () => {
    const visit = await byNumber(await world.aMember())
    expect(await clerk.ask('POST /clerk/cards', { visit, cardNo: blanks.pop()! })).toMatchObject({
      status: 409,
      body: { code: 'visit.needs-code' },
    })
  })
})

describe('points of a member whose code was not scanned (FS11)', () => {
  it('are not spent by card, phone or number alone, and the preview says so beforehand (FS11)', async () => {
    const memberId = await world.aMember({ points: 1_000 })
    for (const visit of [await byCard(memberId), await byNumber(memberId)]) {
      const sale = aSale(visit, 500)
      expect(await clerk.call('POST /clerk/purchases/preview', sale)).toMatchObject({
        needsConsent: true,
        offset: { points: 500, fen: 5_00 },
      })
      expect(await clerk.ask('POST /clerk/purchases', sale)).toMatchObject({
        status: 409,
        body: { code: 'spending.unproved', text: expect.stringContaining('请会员出示会员码') },
      })
    }
    const shown = aSale(await world.aVisit(clerk, memberId, storeId), 500)
    expect(await clerk.call('POST /clerk/purchases/preview', shown)).toMatchObject({ needsConsent: false })
    await clerk.call('POST /clerk/purchases', shown)
    expect((await world.account(memberId)).spent).toBe(500)
  })

  it('are spent by a card when the policy allows it, and still not by phone or number (FS11)', async () => {
    const memberId = await world.aMember({ points: 1_000 })
    const lenient = aPolicy({ offset, till: { spendingNeeds: 'code-or-card', ownPurchases: 'refuse' } })
    await putInForce(world, lenient)
    await clerk.call('POST /clerk/purchases', aSale(await byCard(memberId), 500))
    expect(await clerk.ask('POST /clerk/purchases', aSale(await byNumber(memberId), 500))).toMatchObject({
      body: { code: 'spending.unproved' },
    })
    await putInForce(world, aPolicy({ offset }))
  })
})

describe('a spend request (FS11)', () => {
  async function asked(points = 500) {
    const memberId = await world.aMember({ points: 1_000 })
    const [visit, draftId] = [await byNumber(memberId), fresh('draft')]
    const ask = (wanted = points) =>
      clerk.call('POST /clerk/spend-requests', { visit, storeId, draftId, points: wanted, requestId: fresh('ask') })
    const member = await world.asMember(memberId)
    const answer = (accept: boolean, seen = points) =>
      member.ask('POST /me/spend-requests/:draftId', { draftId, points: seen, accept, requestId: fresh('answer') })
    expect(await ask()).toEqual({ draftId, points, state: 'asked', secondsLeft: 120 })
    const record = (wanted = points, more: object = {}) =>
      clerk.ask('POST /clerk/purchases', { ...aSale(visit, wanted, draftId), ...more })
    const state = async () => (await clerk.call('GET /clerk/spend-requests/:draftId', { draftId })).state
    return { memberId, member, draftId, ask, answer, record, state }
  }

  it('is shown to the member, and once accepted its points are spent once (FS11)', async () => {
    const { memberId, member, draftId, answer, record, state } = await asked()
    expect(await member.call('GET /me/spend-request')).toEqual({
      request: { draftId, storeName: '人民广场店', points: 500, worthFen: 5_00, secondsLeft: 120 },
    })
    expect((await record()).body.code).toBe('spending.unproved')
    expect(await answer(true)).toMatchObject({ status: 200, body: { state: 'accepted' } })
    expect(await state()).toBe('accepted')
    const first = await record()
    expect(first).toMatchObject({ status: 200, body: { offset: { points: 500, fen: 5_00 } } })
    expect(await record()).toEqual(first)
    expect(await state()).toBe('used')
    expect((await world.account(memberId)).spent).toBe(500)
    expect((await member.call('GET /me/spend-request')).request).toBeNull()
  })

  it('that was declined, or never answered in two minutes, spends nothing (FS11)', async () => {
    const declined = await asked()
    await declined.answer(false)
    expect([await declined.state(), (await declined.record()).body.code]).toEqual(['declined', 'spending.unproved'])
    const late = await asked()
    world.clock.travel(120 * SECOND)
    expect(await late.state()).toBe('over')
    expect((await late.member.call('GET /me/spend-request')).request).toBeNull()
    expect(await late.answer(true)).toMatchObject({ status: 410, body: { code: 'spend-request.over' } })
  })

  it('ends when the clock is set back before its request or its answer (FS11)', async () => {
    world.clock.travelDays(1)
    const [waiting, accepted] = [await asked(), await asked()]
    await accepted.answer(true)
    world.clock.set(NOON)
    expect([await waiting.state(), await accepted.state()]).toEqual(['over', 'over'])
    expect((await waiting.member.call('GET /me/spend-request')).request).toBeNull()
    expect((await waiting.answer(true)).body.code).toBe('spend-request.over')
    expect((await accepted.record()).body.code).toBe('spending.unproved')
  })

  it('applies only to the number of points that the member saw (FS11)', async () => {
    const { ask, answer, record } = await asked()
    await answer(true)
    expect((await record(600)).body.code).toBe('spending.unproved')
    await ask(600)
    expect((await answer(true, 500)).body.code).toBe('spend-request.over')
    expect((await record(600)).body.code).toBe('spending.unproved')
    expect((await answer(true, 600)).status).toBe(200)
    expect((await record(600)).status).toBe(200)
  })

  it('is used within ten minutes of the answer (FS11)', async () => {
    const { answer, record, state } = await asked()
    await answer(true)
    world.clock.travel(10 * 60 * SECOND)
    expect([await state(), (await record()).body.code]).toEqual(['over', 'spending.unproved'])
  })

  it('is answered only by its member, and read only by its clerk (FS11)', async () => {
    const { draftId, state } = await asked()
    const stranger = await world.asMember(await world.aMember())
    const answer = { draftId, points: 500, accept: true, requestId: fresh('answer') }
    expect((await stranger.ask('POST /me/spend-requests/:draftId', answer)).body.code).toBe('spend-request.over')
    expect((await stranger.call('GET /me/spend-request')).request).toBeNull()
    const other = await world.aClerk([storeId])
    const seen = await other.ask('GET /clerk/spend-requests/:draftId', { draftId })
    expect(seen).toMatchObject({ status: 404, body: { code: 'spend-request.unknown' } })
    expect(await state()).toBe('asked')
  })
})

describe('unknown codes (FS11)', () => {
  const guesses = {
    'POST /clerk/pickups': () => ({ code: '812345678901', storeId, requestId: fresh() }),
    'POST /clerk/scans': () => ({ code: '812345678901', storeId, requestId: fresh() }),
  }

  it.each(Object.keys(guesses) as (keyof typeof guesses)[])('may be tried thirty times by %s (FS11)', async (op) => {
    for (let tries = 1; tries <= 30; tries++)
      expect((await clerk.ask(op, guesses[op]())).body.code).toBe('code.unknown')
    for (const later of Object.keys(guesses) as (keyof typeof guesses)[])
      expect(await clerk.ask(later, guesses[later]())).toMatchObject({
        status: 429,
        body: { code: 'code.guessed', text: '连续多次没有找到，请 10 分钟后再试' },
      })
    const other = await world.aClerk([storeId])
    expect((await other.ask(op, guesses[op]())).body.code).toBe('code.unknown')
  })
})
