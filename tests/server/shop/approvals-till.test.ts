import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anAccount } from '../../support/accounts.ts'
import { changeRules } from '../../support/approvals.ts'
import { aPolicy } from '../../support/policies.ts'
import { clerk, inAStaffedShop, admin as owner, storeId, world } from '../../support/staffed-shop.ts'
import { fresh, NOON, putInForce } from '../../support/world.ts'

inAStaffedShop()

type Clerk = typeof clerk

const LIMIT_FEN = 1_000_00
let chief: Clerk

beforeAll(async () => {
  chief = await world.aClerk([storeId], 'manager')
  await changeRules(owner, { purchaseFen: LIMIT_FEN })
})
beforeEach(() => world.clock.set(NOON))

const saleOf = async (by: Clerk, memberId: number, amountFen: number) => ({
  visit: await world.aVisit(by, memberId, storeId),
  storeId,
  requestId: fresh('draft'),
  lines: [{ name: '音响', quantity: 1, amountFen }],
})

/** A purchase above the limit that waits: its id, and what a decider sees of it. */
async function held(by: Clerk, memberId: number, amountFen = LIMIT_FEN + 1) {
  const sale = await saleOf(by, memberId, amountFen)
  const { approvalId } = (await by.ask('POST /clerk/purchases', sale)).body.waiting
  const detail = await owner.call('GET /admin/approvals/:approvalId', { approvalId })
  return {
    approvalId,
    sale,
    detail,
    approval: { approvalId, decision: 'approve', reason: '', figures: detail.figures },
  }
}

const decide = (by: Pick<Clerk, 'ask'>, input: object) =>
  by.ask('POST /clerk/approvals/:approvalId/decision', { requestId: fresh(), ...input })
const balanceOf = async (memberId: number) => (await world.account(memberId)).balance

describe('a purchase above the limit (FS7, M15)', () => {
  it('is recorded at exactly the limit and waits one fen above it, as the preview says', async () => {
    const memberId = await world.aMember()
    const atLimit = await saleOf(clerk, memberId, LIMIT_FEN)
    expect((await clerk.ask('POST /clerk/purchases/preview', atLimit)).body).not.toHaveProperty('approval')
    expect((await clerk.ask('POST /clerk/purchases', atLimit)).body).toMatchObject({ points: 1_000 })
    const above = await saleOf(clerk, memberId, LIMIT_FEN + 1)
    const because = '一单超过 1,000 元'
    expect((await clerk.ask('POST /clerk/purchases/preview', above)).body).toMatchObject({
      approval: because,
      points: 1_000,
    })
    expect((await clerk.ask('POST /clerk/purchases', above)).body).toMatchObject({ waiting: { because } })
    expect(await balanceOf(memberId)).toBe(1_000)
  })

  it('is recorded once a store manager agrees, in the clerk’s name, and never twice', async () => {
    const memberId = await world.aMember({ nickname: '林小满' })
    const { approvalId, sale, detail, approval } = await held(clerk, memberId)
    expect(detail).toMatchObject({
      kind: 'purchase',
      askedBy: '店员 店员',
      figures: { amountFen: 1_000_01, points: 1_000, balance: 1_000 },
    })
    expect(detail.facts).toContainEqual({ label: '商品', value: '音响 ×1，1,000.01 元', before: null })
    const { toDecide } = await chief.call('GET /clerk/approvals')
    expect(toDecide).toMatchObject([{ approvalId, member: { nickname: '林小满' }, bar: '' }, {}])
    expect((await decide(chief, approval)).body).toMatchObject({
      state: 'approved',
      outcome: expect.stringContaining('得 1,000 分'),
    })
    expect(await balanceOf(memberId)).toBe(1_000)
    expect((await clerk.ask('POST /clerk/purchases', sale)).body).toMatchObject({ waiting: { approvalId } })
    await changeRules(owner, { purchaseFen: null })
    expect((await clerk.ask('POST /clerk/purchases', sale)).body).toMatchObject({ waiting: { approvalId } })
    await changeRules(owner, { purchaseFen: LIMIT_FEN })
    expect(await balanceOf(memberId)).toBe(1_000)
    const day = await clerk.call('GET /clerk/day', { storeId })
    expect(day.rows).toContainEqual(
      expect.objectContaining({ memberNickname: '林小满', amountFen: 1_000_01, points: 1_000 }),
    )
    expect((await clerk.call('GET /clerk/approvals')).own[0]).toMatchObject({
      approvalId,
      state: 'approved',
      decidedBy: '店员 店员',
    })
    const line = (await owner.call('POST /admin/audit-log/search', { action: 'approval.decide', limit: 1 })).rows[0]
    expect(line).toMatchObject({
      actor: `clerk/${chief.memberId}`,
      text: `同意店员 ${String(clerk.memberId).padStart(8, '0')}的申请：消费 1,000.01 元`,
    })
  })

  it('follows the rules in force at the approval, whose figures the decider confirms', async () => {
    const memberId = await world.aMember()
    const { approvalId, approval } = await held(clerk, memberId)
    await putInForce(world, aPolicy({ earning: { ...aPolicy().earning, rules: [] } }))
    expect(await decide(chief, approval)).toMatchObject({ status: 409, body: { code: 'approval.changed' } })
    const { figures } = await chief.call('GET /clerk/approvals/:approvalId', { approvalId })
    expect(figures).toEqual({ amountFen: 1_000_01, points: 0, balance: 0 })
    expect((await decide(chief, { ...approval, figures })).body.state).toBe('approved')
    await putInForce(world, aPolicy())
  })

  it('does not wait with an offset, whose points would be spent elsewhere meanwhile', async () => {
    const memberId = await world.aMember({ points: 1_000 })
    const sale = { ...(await saleOf(clerk, memberId, LIMIT_FEN + 1)), offsetPoints: 100 }
    for (const op of ['POST /clerk/purchases/preview', 'POST /clerk/purchases'])
      expect((await clerk.ask(op, sale)).body.code, op).toBe('approval.no-offset')
  })

  it('is not approved by the clerk, by the buyer, by a clerk without the post, or by a manager elsewhere', async () => {
    const buyer = await world.aClerk([storeId], 'manager')
    const { approval } = await held(chief, buyer.memberId)
    const elsewhere = await world.aClerk([await world.aStore('分店')], 'manager')
    for (const [by, code] of [
      [chief, 'approval.own'],
      [buyer, 'approval.own'],
      [clerk, 'approval.unknown'],
      [elsewhere, 'approval.unknown'],
    ] as const)
      expect((await decide(by, approval)).body.code).toBe(code)
    expect((await elsewhere.call('GET /clerk/approvals')).toDecide).toEqual([])
    expect((await buyer.call('GET /clerk/approvals')).toDecide.map(({ approvalId }) => approvalId)).not.toContain(
      approval.approvalId,
    )
    expect(await balanceOf(buyer.memberId)).toBe(0)
  })

  it('is approved in the panel by a lead of its store, and not by one of another', async () => {
    const [memberId, other] = [await world.aMember(), await world.aStore('分店')]
    const { approval } = await held(clerk, memberId)
    const inPanel = (by: Pick<Clerk, 'ask'>) =>
      by.ask('POST /admin/approvals/:approvalId/decision', { ...approval, requestId: fresh() })
    const stranger = await anAccount(world, 'lead', { storeIds: [other] })
    expect((await inPanel(stranger)).body.code).toBe('account.other-store')
    expect((await stranger.call('GET /admin/approvals')).rows).toEqual([])
    const lead = await anAccount(world, 'lead', { storeIds: [storeId] })
    expect((await lead.call('GET /admin/approvals')).rows.length).toBeGreaterThan(0)
    expect((await inPanel(lead)).body.state).toBe('approved')
    expect(await balanceOf(memberId)).toBe(1_000)
  })

  it('ends when the member was frozen meanwhile, with the reason', async () => {
    const memberId = await world.aMember()
    const { approvalId, approval } = await held(clerk, memberId)
    const freeze = { memberId, standing: 'frozen', reason: '核查', requestId: fresh() } as const
    await owner.call('POST /admin/members/:memberId/standing', freeze)
    expect((await chief.call('GET /clerk/approvals/:approvalId', { approvalId })).obstacle).toContain('冻结')
    expect((await decide(chief, approval)).body).toMatchObject({
      state: 'ended',
      outcome: expect.stringContaining('冻结'),
    })
    expect((await clerk.call('GET /clerk/approvals')).own[0]).toMatchObject({ approvalId, state: 'ended' })
    expect(await balanceOf(memberId)).toBe(0)
  })

  it('of a clerk who was frozen or left the store meanwhile is not recorded', async () => {
    const [hand, memberId] = [await world.aClerk([storeId]), await world.aMember()]
    const { approval } = await held(hand, memberId)
    const freeze = { memberId: hand.memberId, standing: 'frozen', reason: '核查', requestId: fresh() } as const
    await owner.call('POST /admin/members/:memberId/standing', freeze)
    expect((await hand.ask('GET /clerk/approvals')).body.code).toBe('staff.suspended')
    expect((await decide(chief, approval)).body).toEqual({
      state: 'ended',
      outcome: '提交的店员已被冻结，或不再在这家店任职',
    })
    expect(await balanceOf(memberId)).toBe(0)
  })

  it('whose receipt number was recorded meanwhile ends', async () => {
    const memberId = await world.aMember()
    const receiptNo = fresh('R')
    const sale = { ...(await saleOf(clerk, memberId, LIMIT_FEN + 1)), receiptNo }
    const { approvalId } = (await clerk.ask('POST /clerk/purchases', sale)).body.waiting
    const { figures } = await chief.call('GET /clerk/approvals/:approvalId', { approvalId })
    await world.buy(clerk, memberId, storeId, [5_00], receiptNo)
    const { body } = await decide(chief, { approvalId, decision: 'approve', reason: '', figures })
    expect(body).toMatchObject({ state: 'ended', outcome: expect.stringContaining(receiptNo) })
    expect(await balanceOf(memberId)).toBe(5)
  })

  it('is taken back by the clerk alone', async () => {
    const { approvalId, approval } = await held(clerk, await world.aMember())
    const withdraw = (by: Clerk) =>
      by.ask('POST /clerk/approvals/:approvalId/withdrawal', { approvalId, requestId: fresh() })
    expect((await withdraw(chief)).body.code).toBe('approval.not-own')
    expect((await withdraw(clerk)).body).toEqual({ state: 'withdrawn', outcome: '' })
    expect((await decide(chief, approval)).body).toMatchObject({ code: 'approval.decided' })
  })

  it('does not wait for a mini-program of the release before, which would show it as recorded', async () => {
    const memberId = await world.aMember()
    const sale = await saleOf(clerk, memberId, LIMIT_FEN + 1)
    const { authorization } = clerk.headers
    const old = world.speaker({ authorization: authorization! })
    expect((await old.ask('POST /clerk/purchases', sale)).body.code).toBe('client.outdated')
    expect(
      (await old.ask('POST /clerk/purchases', { ...sale, lines: [{ ...sale.lines[0], amountFen: 1_00 }] })).status,
    ).toBe(200)
  })
})

describe('a clerk’s purchase for their own code (FS7)', () => {
  const own = aPolicy({ till: { spendingNeeds: 'code', ownPurchases: 'approve' } })

  it('waits for a second person where the policy says so, and is refused as before elsewhere', async () => {
    const refused = await saleOf(clerk, clerk.memberId, 10_00)
    expect((await clerk.ask('POST /clerk/purchases', refused)).body.code).toBe('purchase.own')
    await putInForce(world, own)
    const sale = await saleOf(clerk, clerk.memberId, 10_00)
    const because = '店员给自己记账'
    expect((await clerk.ask('POST /clerk/purchases/preview', sale)).body).toMatchObject({
      approval: because,
      points: 10,
    })
    const { approvalId } = (await clerk.ask('POST /clerk/purchases', sale)).body.waiting
    const { figures } = await chief.call('GET /clerk/approvals/:approvalId', { approvalId })
    const approval = { approvalId, decision: 'approve', reason: '', figures }
    expect((await decide(clerk, approval)).body.code).toBe('approval.own')
    expect((await decide(chief, approval)).body.state).toBe('approved')
    expect(await balanceOf(clerk.memberId)).toBe(10)
    await putInForce(world, aPolicy())
  })

  it('that waits is not recorded once the policy refuses such purchases', async () => {
    await putInForce(world, own)
    const { approvalId } = (await clerk.ask('POST /clerk/purchases', await saleOf(clerk, clerk.memberId, 10_00))).body
      .waiting
    const { figures } = await chief.call('GET /clerk/approvals/:approvalId', { approvalId })
    await putInForce(world, aPolicy())
    const { body } = await decide(chief, { approvalId, decision: 'approve', reason: '', figures })
    expect(body).toMatchObject({ state: 'ended', outcome: expect.stringContaining('不能给自己记账') })
  })
})

describe('what waits about a member (M15, Law9)', () => {
  it('goes to the kept record in a merge', async () => {
    const [keptId, doubleId] = [await world.aMember(), await world.aMember()]
    const { approvalId } = await held(clerk, doubleId)
    await owner.call('POST /admin/members/:memberId/merge', {
      memberId: keptId,
      doubleId,
      reason: '同一人',
      requestId: fresh(),
    })
    await world.settle()
    const { figures, member } = await chief.call('GET /clerk/approvals/:approvalId', { approvalId })
    expect(member).toMatchObject({ memberId: keptId })
    expect((await decide(chief, { approvalId, decision: 'approve', reason: '', figures })).body.state).toBe('approved')
    expect(await balanceOf(keptId)).toBe(1_000)
  })

  it('keeps its asker from deciding on it under the record into which they were merged', async () => {
    const [hand, keptId, memberId] = [
      await world.aClerk([storeId], 'manager'),
      await world.aMember(),
      await world.aMember(),
    ]
    const { approvalId, approval } = await held(hand, memberId)
    await owner.call('POST /admin/members/:memberId/merge', {
      memberId: keptId,
      doubleId: hand.memberId,
      reason: '同一人',
      requestId: fresh(),
    })
    await world.settle()
    const merged = await world.asMember(keptId)
    expect((await decide(merged, approval)).body.code).toBe('approval.own')
    expect((await chief.call('GET /clerk/approvals/:approvalId', { approvalId })).state).toBe('waiting')
  })

  it('keeps the member from leaving until it is decided, and is in the member’s own data', async () => {
    const memberId = await world.aMember()
    const me = await world.asMember(memberId)
    const { approvalId, approval } = await held(clerk, memberId)
    const texts = async () => (await me.call('GET /me/leaving')).obstacles.map(({ text }) => text)
    expect(await texts()).toContain('有一笔和您有关的积分还在等商家审批')
    await decide(chief, { ...approval, decision: 'refuse', reason: '没有小票' })
    expect(await texts()).toEqual([])
    const { sections } = await me.call('GET /me/personal-data')
    expect(sections.find(({ title }) => title === '审批')?.rows).toMatchObject([
      [expect.anything(), '消费 1,000.01 元', '未同意', expect.anything()],
    ])
    expect(approvalId).toBeGreaterThan(0)
  })
})
