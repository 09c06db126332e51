import { pointsAccounts } from '@pointbook/server/book/tables'
import { couponJobs } from '@pointbook/server/features/spending/coupons/jobs'
import type { CouponTerms } from '@pointbook/shared/contract/spending/coupon-terms'
import { eq, type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anAccount } from '../../support/accounts.ts'
import { changeRules } from '../../support/approvals.ts'
import { aKind, grantTo } from '../../support/coupons.ts'
import { aWorld, fresh, NOON, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>
let admin: Speaker

const offset = { pointsPerYuan: 100, minimumPoints: 0, stepPoints: 1, maximumShareBp: 5_000 }

beforeAll(async () => {
  world = await aWorld({ policy: { offset } })
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
  admin = await world.asAdmin()
})
beforeEach(() => world.clock.set(NOON))
afterAll(async () => {
  // The books and the coupons balance after all tests of this file.
  expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
  await world.close()
})

const amountOff = (offFen: number, fromFen = 0) => ({ type: 'amount', offFen, fromFen }) as const

async function aHolder(kindId: number, pieces = 1) {
  const memberId = await world.aMember()
  await grantTo(world, admin, kindId, [memberId], pieces)
  return { memberId, me: await world.asMember(memberId) }
}

const walletOf = async (me: Speaker, state: 'usable' | 'used' | 'ended' = 'usable') =>
  (await me.call('GET /me/coupons', { state })).rows

const kindOf = (kindId: number) => admin.call('GET /admin/coupons/:kindId', { kindId })

async function aCart(memberId: number, amountsFen: number[], more: object = {}) {
  const visit = await world.aVisit(clerk, memberId, storeId)
  const lines = amountsFen.map((amountFen, at) => ({ name: `商品${at + 1}`, quantity: 1, amountFen }))
  return { visit, storeId, requestId: fresh('draft'), lines, ...more }
}

describe('a kind of coupon (E10)', () => {
  it('is made, read in words, changed by its revision, and leaves lines in the audit log', async () => {
    const kind = await aKind(admin, { saving: amountOff(10_00, 50_00) })
    expect(kind).toMatchObject({
      saving: '满 50 元减 10 元',
      validity: '领取后 30 天内可用',
      granted: 0,
      nearlyGone: false,
    })
    const { kindId, revision } = kind
    const wish = { ...inputOf(kind), name: '大额券', terms: { ...kind.terms, saving: amountOff(20_00, 50_00) } }
    expect(await admin.call('PUT /admin/coupons/:kindId', { kindId, ...wish, revision })).toMatchObject({
      name: '大额券',
      saving: '满 50 元减 20 元',
    })
    const older = await admin.ask('PUT /admin/coupons/:kindId', { kindId, ...wish, name: '别的', revision })
    expect(older).toMatchObject({ status: 409, body: { code: 'edit.outdated' } })
    await grantTo(world, admin, kindId, [await world.aMember(), await world.aMember()])
    const now = await kindOf(kindId)
    const fewer = { kindId, ...inputOf(now), pieces: 1, revision: now.revision }
    expect((await admin.ask('PUT /admin/coupons/:kindId', fewer)).body.code).toBe('coupon.fewer-than-given')
    const { rows } = await admin.call('POST /admin/audit-log/search', { limit: 3 })
    expect(rows.map(({ action }) => action)).toEqual(['coupon.grant', 'coupon.change', 'coupon.add'])
  })

  it('cannot be one that nobody can use, or whose cost has no end', async () => {
    const refusal = async (terms: Partial<CouponTerms>) => (await makeAsk({ ...terms })).body.code
    const anything = { type: 'exchange', goods: '任意饮品', mostFen: 30_00 } as const
    expect(await refusal({ saving: anything })).toBe('coupon.goods-missing')
    expect(await refusal({ saving: { type: 'percent', offBp: 2_000, mostFen: null, fromFen: 0 } })).toBe(
      'coupon.money-missing',
    )
    expect(await refusal({ validity: { type: 'dates', from: '2020-01-01', until: '2020-12-31' } })).toBe(
      'coupon.days-over',
    )
    expect(await refusal({ saving: amountOff(0) })).toBe('input.invalid')
  })

  const makeAsk = (terms: Partial<CouponTerms>) =>
    aKind(admin, terms).then(
      (body) => ({ body: { ...body, code: 'made' } }),
      (error) => ({ body: { code: error.code as string } }),
    )
})

describe('a grant (E10, D6)', () => {
  it('reaches each member once, tells them, reserves its money, and is answered the same when sent again', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(10_00) })
    const members = [await world.aMember(), await world.aMember()]
    const whom = { by: 'members' as const, memberNos: members.map(String) }
    const preview = await admin.call('POST /admin/coupons/:kindId/grants/preview', { kindId, whom, pieces: 2 })
    expect(preview).toEqual({ members: 2, left: null, reservedFen: 40_00, unknown: [] })
    const wish = { kindId, whom, pieces: 2, members: 2, reason: '开业', requestId: fresh() }
    const made = await admin.call('POST /admin/coupons/:kindId/grants', wish)
    expect(await admin.call('POST /admin/coupons/:kindId/grants', wish)).toEqual(made)
    await world.settle()
    expect(await kindOf(kindId)).toMatchObject({ granted: 4, reservedFen: 40_00, settledFen: 0 })
    const me = await world.asMember(members[0]!)
    expect(await walletOf(me)).toMatchObject([
      { state: 'held', saving: '减 10 元' },
      { state: 'held', couponNo: `${members[0]}-2` },
    ])
    const inbox = await me.call('GET /me/messages', {})
    expect(inbox.rows[0]).toMatchObject({ title: '收到优惠券', page: '/member/coupons/index' })
    const { rows } = await admin.call('GET /admin/coupons/:kindId/grants', { kindId })
    expect(rows).toMatchObject([{ members: 2, given: 2, leftOut: 0, reason: '开业' }])
  })

  it('stops at the pieces and the money of the budget, exactly, however many come at once', async () => {
    const pieces = await aKind(admin, { saving: amountOff(10_00) }, { pieces: 7 })
    const money = await aKind(admin, { saving: amountOff(10_00) }, { moneyFen: 75_00 })
    const members = await Promise.all(Array.from({ length: 12 }, () => world.aMember()))
    for (const { kindId } of [pieces, money]) {
      const whom = (memberId: number) => ({ by: 'members' as const, memberNos: [String(memberId)] })
      const grants = members.map((memberId) => ({
        kindId,
        whom: whom(memberId),
        pieces: 1,
        members: 1,
        reason: '抢券',
      }))
      const answers = grants.map((wish) =>
        admin.ask('POST /admin/coupons/:kindId/grants', { ...wish, requestId: fresh() }),
      )
      expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(members.map(() => 200))
      await world.settle()
      expect(await kindOf(kindId)).toMatchObject({ granted: 7, reservedFen: 70_00, nearlyGone: true })
    }
    const { kindId } = pieces
    const late = { kindId, whom: { by: 'audience', audience: { by: 'all' } }, pieces: 1, members: 0, reason: '再发' }
    const answer = await admin.ask('POST /admin/coupons/:kindId/grants', { ...late, requestId: fresh() })
    expect(answer).toMatchObject({ status: 409, body: { code: 'coupon.grant-changed' } })
  })

  it('leaves out whoever has reached the limit of the kind', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(1_00) }, { limitPieces: 1, limitPer: 'month' })
    const { memberId, me } = await aHolder(kindId)
    await grantTo(world, admin, kindId, [memberId])
    expect(await walletOf(me)).toHaveLength(1)
    world.clock.travelDays(31)
    await grantTo(world, admin, kindId, [memberId])
    expect((await kindOf(kindId)).granted).toBe(2)
  })

  it('is for everybody, for tiers or for tags; members who want no personal offers are in no group of tags (Law10)', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(1_00) })
    const [one, other] = [await world.aMember(), await world.aMember()]
    const tag = fresh('标').slice(0, 12)
    for (const memberId of [one, other]) {
      const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
      await admin.call('PUT /admin/members/:memberId/tags', { memberId, tags: [tag], revision: revisions.tags })
    }
    const refused = { purpose: 'personal-offers', allowed: false, requestId: fresh() } as const
    await (await world.asMember(other)).call('POST /me/consents', refused)
    const whom = { by: 'audience' as const, audience: { by: 'tag' as const, tags: [tag] } }
    expect(await admin.call('POST /admin/coupons/:kindId/grants/preview', { kindId, whom, pieces: 1 })).toMatchObject({
      members: 1,
    })
  })
})

describe('a coupon at the till (D4, D6, E10)', () => {
  it('is suggested, takes its part off each line, and its purchase earns on what is left', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(10_00, 50_00) })
    const { memberId, me } = await aHolder(kindId)
    const cart = await aCart(memberId, [60_00, 40_00])
    const first = await clerk.call('POST /clerk/purchases/preview', cart)
    expect(first.coupons).toMatchObject({ fen: 0, suggested: [`${memberId}-1`], suggestedFen: 10_00 })
    expect(first.points).toBe(100)
    const chosen = { ...cart, coupons: [`${memberId}-1`] }
    const second = await clerk.call('POST /clerk/purchases/preview', chosen)
    expect(second).toMatchObject({ points: 90, coupons: { fen: 10_00, rows: [{ chosen: true, fen: 10_00 }] } })
    const sold = await clerk.call('POST /clerk/purchases', { ...chosen, couponsFen: 10_00, points: 90 })
    expect(sold).toMatchObject({ points: 90, couponsFen: 10_00 })
    expect(await clerk.call('POST /clerk/purchases', { ...chosen, couponsFen: 10_00, points: 90 })).toEqual(sold)
    expect(await walletOf(me)).toEqual([])
    expect(await walletOf(me, 'used')).toMatchObject([{ savedFen: 10_00, state: 'used' }])
    expect(await kindOf(kindId)).toMatchObject({ used: 1, reservedFen: 0, settledFen: 10_00, salesFen: 90_00 })
  })

  it('works once: of many purchases at the same time one uses it', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(10_00) })
    const { memberId } = await aHolder(kindId)
    const cart = await aCart(memberId, [30_00])
    const carts = Array.from({ length: 8 }, () => ({ ...cart, requestId: fresh('draft') }))
    const coupons = [`${memberId}-1`]
    const answers = await Promise.all(carts.map((cart) => clerk.ask('POST /clerk/purchases', { ...cart, coupons })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)])
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(
      Array.from({ length: 7 }, () => 'coupon.spent'),
    )
  })

  it('is refused with a sentence where it cannot be used, and nothing is recorded', async () => {
    const small = await aKind(admin, { saving: amountOff(10_00, 50_00) })
    const { memberId, me } = await aHolder(small.kindId)
    const stranger = await aHolder(small.kindId)
    const refusal = async (more: object, amountsFen = [60_00]) =>
      (await clerk.ask('POST /clerk/purchases', await aCart(memberId, amountsFen, more))).body
    const own = { coupons: [`${memberId}-1`] }
    expect(await refusal(own, [49_99])).toMatchObject({ code: 'coupon.not-here', text: expect.stringContaining('50') })
    expect(await refusal({ coupons: [`${stranger.memberId}-1`] })).toMatchObject({ code: 'coupon.unknown' })
    expect(await refusal({ coupons: [`${memberId}-9`] })).toMatchObject({ code: 'coupon.unknown' })
    expect(await refusal({ ...own, couponsFen: 12_00 })).toMatchObject({ code: 'coupon.changed' })
    world.clock.travelDays(30)
    expect(await refusal(own)).toMatchObject({ code: 'coupon.ended' })
    expect(await walletOf(me, 'ended')).toHaveLength(1)
    expect((await me.call('GET /me/purchases', {})).rows).toEqual([])
  })

  it('pays before points do, and not with them where its kind says so', async () => {
    const alone = { coupons: false, pieces: 1, offset: false }
    const kinds = [
      await aKind(admin, { saving: amountOff(10_00) }),
      await aKind(admin, { saving: amountOff(10_00), stacking: alone }),
    ]
    const memberId = await world.aMember({ points: 8_000 })
    for (const { kindId } of kinds) await grantTo(world, admin, kindId, [memberId])
    const coupons = [`${memberId}-1`]
    const paid = await clerk.call(
      'POST /clerk/purchases',
      await aCart(memberId, [50_00], { coupons, offsetPoints: 2_000 }),
    )
    expect(paid).toMatchObject({ couponsFen: 10_00, offset: { points: 2_000, fen: 20_00 }, points: 20 })
    const both = await aCart(memberId, [50_00], { coupons: [`${memberId}-2`], offsetPoints: 1_000 })
    expect((await clerk.ask('POST /clerk/purchases', both)).body.code).toBe('coupon.no-offset')
  })
})

it('a coupon needs the member’s code, and no purchase that waits for a second person takes one (D4, M15)', async () => {
  const { kindId } = await aKind(admin, { saving: amountOff(10_00) })
  const { memberId } = await aHolder(kindId)
  const coupons = [`${memberId}-1`]
  const found = await clerk.call('POST /clerk/look-ups', { storeId, member: { memberNo: String(memberId) } })
  const lines = [{ name: '茶', quantity: 1, amountFen: 30_00 }]
  const named = { visit: found.visit, storeId, requestId: fresh('draft'), lines, coupons }
  expect((await clerk.ask('POST /clerk/purchases', named)).body.code).toBe('coupon.needs-code')
  await anAccount(world, 'manager')
  await changeRules(admin, { purchaseFen: 20_00 })
  expect((await clerk.ask('POST /clerk/purchases', await aCart(memberId, [30_00], { coupons }))).body.code).toBe(
    'approval.no-coupons',
  )
  await changeRules(admin, { purchaseFen: null })
})

describe('a returned purchase (H1, E10)', () => {
  const back = (receiptNo: string, lines: object[]) =>
    clerk.call('POST /clerk/returns', { storeId, receiptNo, lines, requestId: fresh() } as never)

  it('refunds what each line really cost, and gives the coupon back with the last piece', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(10_00) })
    const { memberId, me } = await aHolder(kindId)
    const cart = await aCart(memberId, [60_00, 40_00], { coupons: [`${memberId}-1`] })
    const { receiptNo } = await clerk.call('POST /clerk/purchases', cart)
    expect(await back(receiptNo!, [{ line: 0, quantity: 1, amountFen: 60_00 }])).toMatchObject({
      refundFen: 54_00,
      points: 54,
    })
    expect(await walletOf(me)).toEqual([])
    expect(await kindOf(kindId)).toMatchObject({ salesFen: 36_00, settledFen: 10_00 })
    expect(await back(receiptNo!, [{ line: 1, quantity: 1, amountFen: 40_00 }])).toMatchObject({
      refundFen: 36_00,
      points: 36,
    })
    expect(await walletOf(me)).toMatchObject([{ couponNo: `${memberId}-1`, state: 'held' }])
    expect(await kindOf(kindId)).toMatchObject({ used: 0, reservedFen: 10_00, settledFen: 0, salesFen: 0 })
  })

  it('does not give it back where its kind says so, and the saving is undone', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(10_00) }, { afterReturn: 'lost' })
    const { memberId, me } = await aHolder(kindId)
    const { receiptNo } = await clerk.call(
      'POST /clerk/purchases',
      await aCart(memberId, [60_00], { coupons: [`${memberId}-1`] }),
    )
    await back(receiptNo!, [{ line: 0, quantity: 1, amountFen: 60_00 }])
    expect(await walletOf(me)).toEqual([])
    expect(await kindOf(kindId)).toMatchObject({ used: 1, settledFen: 0 })
  })

  it('of a double gives the coupon back to the record that is kept', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(10_00) })
    const [kept, double] = [await aHolder(kindId), await aHolder(kindId)]
    const cart = await aCart(double.memberId, [60_00], { coupons: [`${double.memberId}-1`] })
    const { receiptNo } = await clerk.call('POST /clerk/purchases', cart)
    const merge = { memberId: kept.memberId, doubleId: double.memberId, reason: '同一人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    await world.settle()
    await back(receiptNo!, [{ line: 0, quantity: 1, amountFen: 60_00 }])
    expect((await walletOf(kept.me)).map(({ couponNo }) => couponNo)).toEqual(
      [1, 2].map((seq) => `${kept.memberId}-${seq}`),
    )
    expect(await kindOf(kindId)).toMatchObject({ granted: 2, used: 0, reservedFen: 20_00 })
  })

  it('with coupon and points gives each line its own share of both, to the fen', async () => {
    const free = {
      saving: { type: 'exchange', goods: '商品', mostFen: 60_00 },
      goods: { only: only('SKU1'), except: only() },
    } as const
    const { kindId } = await aKind(admin, free)
    const memberId = await world.aMember({ points: 5_000 })
    await grantTo(world, admin, kindId, [memberId])
    const cart = await aCart(memberId, [], { coupons: [`${memberId}-1`], offsetPoints: 2_000 })
    const lines = [
      { name: '赠品', sku: 'SKU1', quantity: 1, amountFen: 60_00 },
      { name: '正品', quantity: 1, amountFen: 40_00 },
    ]
    const { receiptNo } = await clerk.call('POST /clerk/purchases', { ...cart, lines })
    expect(await back(receiptNo!, [{ line: 0, quantity: 1, amountFen: 60_00 }])).toMatchObject({
      refundFen: 0,
      offset: { points: 0 },
    })
    expect(await back(receiptNo!, [{ line: 1, quantity: 1, amountFen: 40_00 }])).toMatchObject({
      refundFen: 20_00,
      offset: { points: 2_000 },
    })
  })

  const only = (...skus: string[]) => ({ categories: [], brands: [], skus })
})

describe('the end of a coupon (E10)', () => {
  it('comes after its last day, and releases its money, once', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(10_00) })
    const { me } = await aHolder(kindId)
    world.clock.travelDays(29)
    expect(await runEnd()).toBe(0)
    expect(await walletOf(me)).toHaveLength(1)
    world.clock.travelDays(1)
    expect(await runEnd()).toBeGreaterThan(0)
    expect(await runEnd()).toBe(0)
    expect(await kindOf(kindId)).toMatchObject({ ended: 1, reservedFen: 0 })
    expect(await walletOf(me, 'ended')).toMatchObject([{ state: 'ended' }])
  })

  it('can be the merchant’s, with a reason that the member reads, and not after it was used', async () => {
    const { kindId } = await aKind(admin, { saving: amountOff(10_00) })
    const { memberId, me } = await aHolder(kindId, 2)
    const voiding = { memberId, seq: 1, reason: '发错了', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/coupons/:seq/voiding', voiding)
    expect(await walletOf(me, 'ended')).toMatchObject([{ state: 'voided', reason: '发错了' }])
    await clerk.call('POST /clerk/purchases', await aCart(memberId, [30_00], { coupons: [`${memberId}-2`] }))
    const late = await admin.ask('POST /admin/members/:memberId/coupons/:seq/voiding', {
      ...voiding,
      seq: 2,
      requestId: fresh(),
    })
    expect(late).toMatchObject({ status: 409, body: { code: 'coupon.spent' } })
    expect((await admin.call('GET /admin/members/:memberId/coupons', { memberId })).rows).toHaveLength(2)
  })

  const runEnd = () => couponJobs(world.server)[0]!.run()
})

it('coupons of a double go to the record that is kept, and can be used there', async () => {
  const { kindId } = await aKind(admin, { saving: amountOff(10_00) })
  const [kept, double] = [await aHolder(kindId), await aHolder(kindId, 2)]
  const merge = { memberId: kept.memberId, doubleId: double.memberId, reason: '同一人', requestId: fresh() }
  await admin.call('POST /admin/members/:memberId/merge', merge)
  await world.settle()
  const wallet = await walletOf(kept.me)
  expect(wallet.map(({ couponNo }) => couponNo)).toEqual([1, 2, 3].map((seq) => `${kept.memberId}-${seq}`))
  const cart = await aCart(kept.memberId, [30_00], { coupons: [`${kept.memberId}-3`] })
  expect(await clerk.call('POST /clerk/purchases', cart)).toMatchObject({ couponsFen: 10_00 })
  expect(await kindOf(kindId)).toMatchObject({ granted: 3, used: 1, reservedFen: 20_00 })
})

it('coupons that somebody changed behind the system are named by the audit (E10, H7)', async () => {
  const { kindId } = await aKind(admin, { saving: amountOff(10_00) }, { pieces: 5 })
  const { memberId } = await aHolder(kindId, 2)
  await clerk.call('POST /clerk/purchases', await aCart(memberId, [30_00], { coupons: [`${memberId}-1`] }))
  const faults = async () => (await world.audit()).checks.find(({ id }) => id === 'coupons')!.faults.map(String)
  const [own, kind] = [sql`member_id = ${memberId}`, sql`kind_id = ${kindId}`]
  const changes: [string, SQL, SQL][] = [
    [
      '已用',
      sql`UPDATE coupon_budgets SET used = 0 WHERE ${kind}`,
      sql`UPDATE coupon_budgets SET used = 1 WHERE ${kind}`,
    ],
    [
      '减了',
      sql`UPDATE coupons SET saved_fen = 1 WHERE ${own} AND seq = 1`,
      sql`UPDATE coupons SET saved_fen = 1000 WHERE ${own} AND seq = 1`,
    ],
    [
      '编号',
      sql`UPDATE coupon_holders SET granted = 1 WHERE ${own}`,
      sql`UPDATE coupon_holders SET granted = 2 WHERE ${own}`,
    ],
    [
      '最多',
      sql`UPDATE coupon_kinds SET pieces = 1 WHERE id = ${kindId}`,
      sql`UPDATE coupon_kinds SET pieces = 5 WHERE id = ${kindId}`,
    ],
    [
      '状态',
      sql`UPDATE coupons SET used_for = '1/X' WHERE ${own} AND seq = 2`,
      sql`UPDATE coupons SET used_for = '' WHERE ${own} AND seq = 2`,
    ],
  ]
  for (const [word, change, undo] of changes) {
    await world.db.execute(change)
    expect((await faults()).join(), word).toContain(word)
    await world.db.execute(undo)
  }
  expect(await faults()).toEqual([])
})

it('coupons of a member who has left end, and their money is released (Law9)', async () => {
  const { kindId } = await aKind(admin, { saving: amountOff(10_00) })
  const { memberId } = await aHolder(kindId)
  await world.db.update(pointsAccounts).set({ standing: 'cancelled' }).where(eq(pointsAccounts.memberId, memberId))
  await couponJobs(world.server)[0]!.run()
  expect(await kindOf(kindId)).toMatchObject({ ended: 1, reservedFen: 0 })
  await world.db.update(pointsAccounts).set({ standing: 'active' }).where(eq(pointsAccounts.memberId, memberId))
})

/** What the merchant sends of a kind. */
const inputOf = ({
  name,
  description,
  terms,
  afterReturn,
  pieces,
  moneyFen,
  limitPieces,
  limitPer,
  stopped,
}: Awaited<ReturnType<typeof aKind>>) => ({
  name,
  description,
  terms,
  afterReturn,
  pieces,
  moneyFen,
  limitPieces,
  limitPer,
  stopped,
})
