import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  buy,
  damage,
  faultsIn,
  faultsOf,
  here,
  inAnAuditedShop,
  itemId,
  redeem,
  storeId,
} from '../../support/audited-shop.ts'

describe('the audit of receipts, orders and stock', () => {
  inAnAuditedShop()

  it('finds receipts that were deleted, edited or made up', async () => {
    const memberId = await here.aMember()
    const [first, second] = [await buy(memberId, 10_00), await buy(memberId, 20_00)]
    await damage(sql`INSERT INTO purchases SELECT store_id, 'MADE-UP', member_id, 9, amount_fen, points, \`lines\`, 0, 0, 0, 0, actor, at, paid
                     FROM purchases WHERE receipt_no = ${first}`)
    await damage(sql`DELETE FROM purchases WHERE receipt_no = ${first}`)
    await damage(sql`UPDATE purchases SET points = 21 WHERE receipt_no = ${second}`)
    expect(await faultsOf(memberId)).toEqual([
      `purchases 会员 ${memberId} 第 1 笔：找不到对应的小票`,
      `purchases 会员 ${memberId} 第 2 笔：20 分，小票上是 21 分`,
    ])
    expect(await faultsIn('purchases')).toContain(`门店 ${storeId} 小票 MADE-UP：没有对应的流水`)
  })

  it('finds receipts with other offset points than the ledger, and returns that gave none of them back', async () => {
    const memberId = await here.aMember({ points: 900 })
    const [more, less, kept] = [
      await buy(memberId, 10_00, 300),
      await buy(memberId, 10_00, 300),
      await buy(memberId, 10_00, 300),
    ]
    expect(await faultsOf(memberId)).toEqual([])
    await damage(
      sql`UPDATE purchases SET paid = REPLACE(paid, '"points":300', '"points":400') WHERE receipt_no = ${more}`,
    )
    await damage(sql`UPDATE purchases SET paid = '{' WHERE receipt_no = ${less}`)
    await damage(sql`UPDATE purchases SET returned_fen = 500 WHERE receipt_no = ${kept}`)
    expect(await faultsOf(memberId)).toEqual([
      `purchases 会员 ${memberId} 小票 ${storeId}/${more}：抵现 400 分，流水扣了 300 分`,
      `purchases 会员 ${memberId} 小票 ${storeId}/${less}：抵现 0 分，流水扣了 300 分`,
      `purchases 会员 ${memberId} 小票 ${storeId}/${kept}：应退抵现 150 分，流水退了 0 分`,
      `purchases 会员 ${memberId} 小票 ${storeId}/${less}：券的金额不对`,
      `purchases 会员 ${memberId} 小票 ${storeId}/${less}：储值的金额不对`,
    ])
  })

  it('finds an approval that was never carried out, and one that its asker approved (M15)', async () => {
    const memberId = await here.aMember({ points: 50 })
    const approval = (id: number, decider: string, outcome: string) =>
      damage(sql`INSERT INTO approvals (id, kind, state, asker, asked_at, member_id, title, because, figures, decider, reason, outcome)
                 VALUES (${id}, 'adjustment', 'approved', 'admin/a', '2026-03-02 04:00:00', ${memberId}, '', '', '{}', ${decider}, '', ${outcome})`)
    await approval(1, 'admin/b', '{"text":"","seq":9}')
    await approval(2, 'admin/a', '{"text":"","seq":1}')
    await approval(3, 'admin/b', '{')
    expect(await faultsIn('approvals')).toEqual([
      `申请 1：已同意，但会员 ${memberId} 的流水里没有执行`,
      '申请 2：提交和审批的是同一个人',
      `申请 3：已同意，但会员 ${memberId} 的流水里没有执行`,
    ])
  })

  it('finds an order made cheaper, one cancelled without giving points back, and stock that does not fit', async () => {
    const memberId = await here.aMember({ points: 100 })
    const [cheap, gone] = [(await redeem(memberId)).order, (await redeem(memberId)).order]
    await damage(sql`UPDATE orders SET points = 1 WHERE member_id = ${memberId} AND pickup_code = ${cheap.pickupCode}`)
    await damage(sql`UPDATE orders SET state = 'cancelled' WHERE pickup_code = ${gone.pickupCode}`)
    expect(await faultsOf(memberId)).toEqual([
      `orders 订单 ${cheap.orderNo}：1 分，流水扣了 30 分`,
      `orders 订单 ${gone.orderNo}：应退 30 分，流水退了 0 分`,
    ])
    expect(await faultsIn('stock')).toEqual([expect.stringContaining(`商品 ${itemId}：已兑`)])
  })

  it.each(['-100000', '"100"', '1.5', 'null', '1000000001'])('finds a coupon of %s fen (FS1)', async (couponFen) => {
    const memberId = await here.aMember()
    const receiptNo = await buy(memberId, 10_00)
    await damage(
      sql`UPDATE purchases SET paid = REPLACE(paid, '"couponFen":0', ${`"couponFen":${couponFen}`}) WHERE receipt_no = ${receiptNo}`,
    )
    expect(await faultsOf(memberId)).toEqual([`purchases 会员 ${memberId} 小票 ${storeId}/${receiptNo}：券的金额不对`])
  })

  it('finds an account whose member has another number, and a member without an account (FS1)', async () => {
    const [moved, bare] = [await here.aMember({ points: 30 }), await here.aMember()]
    await damage(sql`UPDATE members SET id = 77777777 WHERE id = ${moved}`)
    await damage(sql`DELETE FROM points_accounts WHERE member_id = ${bare}`)
    expect(await faultsIn('members')).toEqual([
      `会员 ${moved}：有积分账户，没有会员资料`,
      `会员 ${bare}：有会员资料，没有积分账户`,
      '会员 77777777：有会员资料，没有积分账户',
    ])
  })
})
