import { offsetting } from '@pointbook/config/policies/make'
import { referralsTable } from '@pointbook/server/features/earning/referrals/tables'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { describe, expect, it } from 'vitest'
import { aPolicy, aRule, earningBy } from '../../support/policies.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh, publish } from '../../support/world.ts'

inAStaffedShop()

const policyIs = async (changes: Partial<Policy>) => {
  expect((await publish(admin, aPolicy(changes))).status).toBe(200)
}

const refused = (code: string, detail: object, text: string) => ({ status: 409, body: { code, detail, text } })

describe('a confirmed figure that has changed meanwhile is refused with the new one', () => {
  it('the price of an item (FN2)', async () => {
    const memberId = await world.aMember({ points: 1_000 })
    const member = await world.asMember(memberId)
    const itemId = await world.anItem({ points: 800 })
    const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
    expect(await member.ask('POST /mall/redemptions', { ...wish, points: 500 })).toMatchObject(
      refused('item.changed', { points: 800 }, '价格刚刚变了：现在每件 800 分，请确认后再兑换'),
    )
    expect((await world.account(memberId)).balance).toBe(1_000)
    expect((await member.call('POST /mall/redemptions', { ...wish, points: 800 })).balance).toBe(200)
  })

  it('the points of a check-in, which are those that rules and caps leave (FN2)', async () => {
    const doubled = aRule({ id: 'daily', name: '签到加送', trigger: 'check-in', gift: { type: 'fixed', points: 7 } })
    await policyIs({})
    const memberId = await world.aMember()
    const member = await world.asMember(memberId)
    const { pointsToday } = await member.call('GET /me/check-ins', {})
    await policyIs({ earning: earningBy([doubled]) })
    expect(await member.ask('POST /me/check-ins', { points: pointsToday })).toMatchObject(
      refused('check-in.changed', { points: 12 }, '签到积分刚刚有变化：现在签到得 12 分，请确认后再签到'),
    )
    expect((await world.account(memberId)).balance).toBe(0)
    const now = await member.call('GET /me/check-ins', {})
    expect(now.pointsToday).toBe(12)
    expect(await member.call('POST /me/check-ins', { points: 12 })).toMatchObject({ points: 12 })
    expect(await member.call('POST /me/check-ins', { points: 5 })).toMatchObject({ already: true })
  })

  it('promises no points for a check-in that is closed or that a frozen member cannot make (FM7, FP10)', async () => {
    await policyIs({})
    const memberId = await world.aMember()
    const member = await world.asMember(memberId)
    expect(await member.call('GET /me/check-ins', {})).toMatchObject({ pointsToday: 5 })
    const frozen = { memberId, standing: 'frozen' as const, reason: '核查', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/standing', frozen)
    expect(await member.call('GET /me/check-ins', {})).toMatchObject({ pointsToday: 0 })
    const other = await world.asMember(await world.aMember())
    await policyIs({ checkIn: { ...aPolicy().checkIn, enabled: false } })
    expect(await other.call('GET /me/check-ins', {})).toMatchObject({ pointsToday: 0 })
  })

  it('the price and the points of a make-up check-in (FN2)', async () => {
    const { checkIn } = aPolicy()
    const costing = (price: number) => ({ checkIn: { ...checkIn, makeUp: { price, daysBack: 7, perMonth: 5 } } })
    await policyIs(costing(10))
    const memberId = await world.aMember({ points: 100 })
    const member = await world.asMember(memberId)
    world.clock.travelDays(2)
    const { makeUp } = await member.call('GET /me/check-ins', {})
    const [day] = makeUp!.days
    await policyIs(costing(25))
    const wish = { on: day!.on, points: day!.points, requestId: fresh() }
    expect(await member.ask('POST /me/check-ins/make-up', { ...wish, price: 10 })).toMatchObject(
      refused('make-up.changed', { price: 25, points: 5 }, '补签规则刚刚变了：现在花 25 分、得 5 分，请确认后再补签'),
    )
    expect((await world.account(memberId)).balance).toBe(100)
    expect(await member.call('POST /me/check-ins/make-up', { ...wish, price: 25 })).toMatchObject({ price: 25 })
    world.clock.travelDays(-2)
  })

  it('what points are worth at the till, and the receipt is recorded once with what was confirmed (FN2)', async () => {
    await policyIs({ offset: offsetting(100) })
    const memberId = await world.aMember({ points: 1_000 })
    const visit = await world.aVisit(clerk, memberId, storeId)
    const lines = [{ name: '拿铁', quantity: 1, amountFen: 30_00 }]
    const receipt = { visit, storeId, receiptNo: fresh('R'), requestId: fresh(), lines, offsetPoints: 600 }
    const seen = await clerk.call('POST /clerk/purchases/preview', receipt)
    expect(seen.offset).toMatchObject({ points: 600, fen: 600 })
    await policyIs({ offset: offsetting(200) })
    expect(await clerk.ask('POST /clerk/purchases', { ...receipt, offsetFen: 600 })).toMatchObject(
      refused(
        'offset.changed',
        { offsetFen: 300, offsetPoints: 600 },
        '抵现规则刚刚变了：600 分现在抵 3.00 元，请核对后再确认',
      ),
    )
    const made = await clerk.call('POST /clerk/purchases', { ...receipt, offsetFen: 300 })
    expect(made.offset).toEqual({ points: 600, fen: 300 })
    expect(await clerk.call('POST /clerk/purchases', { ...receipt, offsetFen: 300 })).toEqual(made)
  })

  it('what points are worth that a member lets the clerk spend (FN2)', async () => {
    await policyIs({ offset: offsetting(100) })
    const memberId = await world.aMember({ points: 1_000 })
    const member = await world.asMember(memberId)
    const memberNo = String(memberId).padStart(8, '0')
    const { visit } = await clerk.call('POST /clerk/look-ups', { storeId, member: { memberNo } })
    const [draftId, points] = [fresh('draft'), 600]
    await clerk.call('POST /clerk/spend-requests', { visit, storeId, draftId, points, requestId: fresh() })
    const { request } = await member.call('GET /me/spend-request')
    expect(request).toMatchObject({ worthFen: 600 })
    await policyIs({ offset: offsetting(200) })
    const answer = { draftId, points, accept: true, requestId: fresh() }
    expect(await member.ask('POST /me/spend-requests/:draftId', { ...answer, worthFen: 600 })).toMatchObject(
      refused(
        'spend-request.changed',
        { worthFen: 300, points },
        '抵现规则刚刚变了：600 分现在抵 3.00 元，请核对后再回答',
      ),
    )
    expect(await member.call('POST /me/spend-requests/:draftId', { ...answer, worthFen: 300 })).toEqual({
      state: 'accepted',
    })
  })

  it('the points that a purchase earns, when the policy or a cap has changed meanwhile (FN2)', async () => {
    await policyIs({ earning: earningBy([aRule({ gift: { type: 'rate', points: 1, perFen: 100 } })]) })
    const memberId = await world.aMember()
    const visit = await world.aVisit(clerk, memberId, storeId)
    const lines = [{ name: '拿铁', quantity: 1, amountFen: 30_00 }]
    const receipt = { visit, storeId, requestId: fresh(), lines }
    expect((await clerk.call('POST /clerk/purchases/preview', receipt)).points).toBe(30)
    await policyIs({ earning: earningBy([aRule({ gift: { type: 'rate', points: 2, perFen: 100 } })]) })
    expect(await clerk.ask('POST /clerk/purchases', { ...receipt, points: 30 })).toMatchObject(
      refused('purchase.changed', { points: 60 }, '积分刚刚有变化：这一单现在得 60 分，请核对后再确认'),
    )
    expect((await world.account(memberId)).balance).toBe(0)
    const made = await clerk.call('POST /clerk/purchases', { ...receipt, points: 60 })
    expect(made.points).toBe(60)
    await policyIs({})
    expect(await clerk.call('POST /clerk/purchases', { ...receipt, points: 60 })).toEqual(made)
  })

  it('the balance that an adjustment by hand comes to (FN2)', async () => {
    const memberId = await world.aMember({ points: 100 })
    const wish = { memberId, points: 50, reason: '补记', requestId: fresh() }
    const op = 'POST /admin/members/:memberId/adjustments'
    expect(await admin.ask(op, { ...wish, balance: 130 })).toMatchObject(
      refused('adjustment.changed', { balance: 150 }, '积分刚刚有变动：这样调整后余额是 150 分，请核对后再确认'),
    )
    expect((await world.account(memberId)).balance).toBe(100)
    expect(await admin.call(op, { ...wish, balance: 150 })).toMatchObject({ balance: 150 })
    expect(await admin.call(op, { ...wish, balance: 150 })).toMatchObject({ balance: 150 })
    expect(await admin.call(op, { ...wish, requestId: fresh() })).toMatchObject({ balance: 200 })
  })

  it('the money and the points of a return (FN2)', async () => {
    await policyIs({})
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [10_01])
    const half = { storeId, receiptNo, lines: [{ line: 0, quantity: 0, amountFen: 5_00 }] }
    const seen = await clerk.call('POST /clerk/returns/preview', half)
    const shown = { refundFen: seen.refundFen, points: seen.points + 1 }
    expect(await clerk.ask('POST /clerk/returns', { ...half, ...shown, requestId: fresh() })).toMatchObject(
      refused(
        'return.changed',
        { refundFen: 5_00, points: 5 },
        '这次退货刚刚有变化：现在退款 5.00 元、收回 5 分，请核对后再确认',
      ),
    )
    const right = { refundFen: seen.refundFen, points: seen.points, requestId: fresh() }
    expect(await clerk.call('POST /clerk/returns', { ...half, ...right })).toMatchObject({ points: 5 })
  })

  it('what becomes of the points of a return, at the till and in the panel (FN2)', async () => {
    await policyIs({})
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [10_00])
    const goods = { storeId, receiptNo, lines: [{ line: 0, quantity: 1, amountFen: 10_00 }] }
    const {
      offset: _none,
      refundFen,
      points,
      forfeited,
      owed,
      letGo,
    } = await clerk.call('POST /clerk/returns/preview', goods)
    const shown = { refundFen, points, forfeited, owed, letGo, lapsed: 0 }
    expect(shown).toMatchObject({ points: 10, owed: 0 })
    const spent = { memberId, points: -4, reason: '误发', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/adjustments', spent)
    const saysOwed = refused(
      'return.changed',
      { points: 10, owed: 4 },
      '这次退货刚刚有变化：现在退款 10.00 元、收回 10 分、4 分已被花掉，记为欠分，以后获得的积分先抵还，请核对后再确认',
    )
    expect(await clerk.ask('POST /clerk/returns', { ...goods, ...shown, requestId: fresh() })).toMatchObject(saysOwed)
    const wish = { ...goods, ...shown, reason: '破损', requestId: fresh() }
    expect(await admin.ask('POST /admin/purchases/returns', wish)).toMatchObject(saysOwed)
    const right = { ...wish, owed: 4, requestId: fresh() }
    expect(await admin.call('POST /admin/purchases/returns', right)).toMatchObject({ owed: 4 })
  })

  it('the balance, the debt and the tier that a merge comes to (FN2)', async () => {
    const [keptId, doubleId] = [await world.aMember({ points: 30 }), await world.aMember({ points: 40 })]
    const pair = { memberId: keptId, doubleId }
    const { points, balance, debt, tierName } = (await admin.call('GET /admin/members/:memberId/merge', pair)).after
    const shown = { points, balance, debt, tierName, reason: '同一人' }
    const more = { memberId: keptId, points: 5, reason: '补记', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/adjustments', more)
    const merge = (seen: object) =>
      admin.ask('POST /admin/members/:memberId/merge', { ...pair, ...shown, ...seen, requestId: fresh() })
    expect(await merge({})).toMatchObject(
      refused(
        'merge.changed',
        { points: 40, balance: 75, debt: 0 },
        '两份档案刚刚有变动：现在转入 40 分，合并后余额 75 分，请核对后再合并',
      ),
    )
    for (const wrong of [{ debt: 1 }, { tierName: '金卡' }])
      expect((await merge({ balance: 75, ...wrong })).body.code).toBe('merge.changed')
    expect((await merge({ balance: 75 })).status).toBe(200)
  })

  it('the stock that comes of what came or went (FN2)', async () => {
    const itemId = await world.anItem({ points: 1, stock: 10 })
    const member = await world.asMember(await world.aMember({ points: 5 }))
    await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    const op = 'POST /admin/items/:itemId/stock'
    const wish = { itemId, delta: -10, stock: 0, reason: '盘点' }
    expect(await admin.ask(op, { ...wish, delta: 5, stock: 15, requestId: fresh() })).toMatchObject(
      refused('stock.changed', { stock: 14 }, '库存刚刚有变动：这样之后是 14 件，请核对后再确认'),
    )
    expect((await admin.ask(op, { ...wish, requestId: fresh() })).body.code).toBe('stock.below-zero')
    const right = { ...wish, delta: 5, stock: 14, requestId: fresh() }
    expect(await admin.call(op, right)).toEqual({ stock: 14 })
    expect(await admin.call(op, right)).toEqual({ stock: 14 })
  })

  it('the points of an extension, of a merge and of a compensation (FN2)', async () => {
    const [keptId, doubleId] = [await world.aMember({ points: 30 }), await world.aMember({ points: 40 })]
    const extension = { memberId: keptId, endingBy: '2027-12-31', expiresOn: '2028-01-31', reason: '停业' }
    const extend = (points: number) =>
      admin.ask('POST /admin/members/:memberId/extensions', { ...extension, points, requestId: fresh() })
    expect(await extend(20)).toMatchObject({ status: 409, body: { code: 'extension.changed', detail: { points: 30 } } })
    expect((await extend(30)).body).toEqual({ points: 30 })

    const hurt = [await world.aMember(), await world.aMember()]
    const whom = { by: 'members' as const, memberNos: hurt.map(String) }
    const wish = { whom, points: 5, reason: '故障', requestId: fresh() }
    expect(await admin.ask('POST /admin/compensations', { ...wish, members: 3 })).toMatchObject({
      status: 409,
      body: { code: 'compensation.changed', detail: { members: 2 } },
    })
    expect(await admin.call('POST /admin/compensations', { ...wish, members: 2 })).toMatchObject({ members: 2 })

    const merge = (points: number) =>
      admin.ask('POST /admin/members/:memberId/merge', {
        memberId: keptId,
        doubleId,
        points,
        reason: '同一人',
        requestId: fresh(),
      })
    expect(await merge(70)).toMatchObject({ status: 409, body: { code: 'merge.changed', detail: { points: 40 } } })
    expect((await merge(40)).status).toBe(200)
  })

  it('the points that a taking of unlawful ones comes to, and the rewards of a referral review (FN2)', async () => {
    const memberId = await world.aMember()
    const { receiptNo, seq } = await world.buy(clerk, memberId, storeId, [50_00])
    const opening = { memberIds: [memberId], reason: '核查', freeze: false, requestId: fresh() }
    const { caseId } = await admin.call('POST /admin/cases', opening)
    const lines = [{ line: 0, quantity: 0, amountFen: 20_00 }]
    await clerk.call('POST /clerk/returns', { storeId, receiptNo, lines, requestId: fresh() })
    const take = (points: number) =>
      admin.ask('POST /admin/cases/:caseId/takings', {
        caseId,
        memberId,
        seqs: [seq],
        points,
        reason: '伪造',
        requestId: fresh(),
      })
    expect(await take(50)).toMatchObject({ status: 409, body: { code: 'taking.changed', detail: { points: 30 } } })
    expect((await take(30)).status).toBe(200)

    const [inviterId, inviteeId] = [await world.aMember(), await world.aMember()]
    await world.db.insert(referralsTable).values({
      inviterId,
      inviteeId,
      state: 'held',
      points: 0,
      entrySeq: 0,
      inviteeSeq: 0,
      rewardedMonth: '',
      round: 0,
      purchaseRef: '',
      madeAt: world.clock.now(),
      doubts: ['rush'],
      reviewedBy: '',
    })
    const review = { inviteeId, approve: true, reason: '核实过', inviteePoints: 10 }
    const op = 'POST /admin/referrals/:inviteeId/review'
    expect(await admin.ask(op, { ...review, inviterPoints: 80 })).toMatchObject({
      status: 409,
      body: { code: 'reward.changed', detail: { inviterPoints: 20, inviteePoints: 10 } },
    })
    expect((await admin.ask(op, { ...review, inviterPoints: 20 })).body).toEqual({ state: 'approved' })
  })

  it('takes what comes from a client that tells no figure', async () => {
    const member = await world.asMember(await world.aMember({ points: 1_000 }))
    const itemId = await world.anItem({ points: 800 })
    const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
    expect((await member.call('POST /mall/redemptions', wish)).balance).toBe(200)
  })
})
