import { offsetting } from '@pointbook/config/policies/make'
import { describe, expect, it } from 'vitest'
import { policyIs, refused } from '../../support/changed-figures.ts'
import { aPolicy, aRule, earningBy } from '../../support/policies.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh } from '../../support/world.ts'

inAStaffedShop()

describe('a confirmed figure that has changed meanwhile is refused with the new one', () => {
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

  it('the value of points at the till; the receipt is recorded once with the confirmed figures (FN2)', async () => {
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

  it('the worth of points that a member allows the clerk to spend (FN2)', async () => {
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

  it('the effect of a return on points, at the till and in the panel (FN2)', async () => {
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
})
