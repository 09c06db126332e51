import { referralsTable } from '@pointbook/server/features/earning/referrals/tables'
import { describe, expect, it } from 'vitest'
import { refused } from '../../support/changed-figures.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh } from '../../support/world.ts'

inAStaffedShop()

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

  it('the stock that a change of stock comes to (FN2)', async () => {
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

  it('the points that a taking of unlawful points comes to, and the rewards of a referral review (FN2)', async () => {
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

  it('accepts a client that sends no figures', async () => {
    const member = await world.asMember(await world.aMember({ points: 1_000 }))
    const itemId = await world.anItem({ points: 800 })
    const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
    expect((await member.call('POST /mall/redemptions', wish)).balance).toBe(200)
  })
})
