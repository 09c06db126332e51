import { auditLedger } from '@pointbook/server/book/audit'
import { handOver } from '@pointbook/server/features/mall/moves'
import { cancel, orderOf, redeemItem } from '@pointbook/server/features/mall/redemption'
import { addItem } from '@pointbook/server/features/mall/stock-moves'
import { mallItems } from '@pointbook/server/features/mall/tables'
import { mergeMembers } from '@pointbook/server/features/merging/moves'
import { lotOriginsTable } from '@pointbook/server/features/merging/tables'
import { noProfile } from '@pointbook/server/features/points/earn'
import { adjust, expireMember } from '@pointbook/server/features/points/moves'
import { recordPurchase } from '@pointbook/server/features/purchases/moves'
import { returnPurchase } from '@pointbook/server/features/purchases/return'
import { plainlyPaid } from '@pointbook/server/features/purchases/tables'
import { dayOf } from '@pointbook/shared/day'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aHouse, fresh } from '../support/house.ts'

let house: Awaited<ReturnType<typeof aHouse>>
let storeId: number
let itemId: number

const offset = { pointsPerYuan: 100, minimumPoints: 0, stepPoints: 1, maximumShareBp: 5_000 }

beforeAll(async () => {
  house = await aHouse({ policy: { offset } })
  storeId = await house.aStore()
  itemId = await anItem()
})
afterAll(() => house.close())

const audit = (settings: { sealSecret?: string } = {}) =>
  auditLedger(house.outside.databases.pool, {
    sealSecret: house.env.secrets.sealSecret,
    pointsPerYuan: 100,
    ...settings,
  })

/** The checks that find something wrong with a member, and what they say. */
async function faultsOf(memberId: number) {
  const { checks } = await audit()
  return checks.flatMap(({ id, faults }) =>
    faults.filter((fault) => fault.includes(String(memberId))).map((fault) => `${id} ${fault}`),
  )
}

async function anItem(): Promise<number> {
  const [{ insertId }] = await house.db.insert(mallItems).values({
    name: '帆布袋',
    category: '生活',
    pictureUrl: '',
    worthFen: 0,
    description: '',
    instructions: '',
    position: 0,
    madeAt: house.clock.now(),
  })
  const terms = { points: 30, limitPerMember: null, listed: true }
  await house.book.make(addItem, { ...terms, itemId: insertId, stock: 1_000, texts: {}, requestId: fresh() })
  return insertId
}

const redeem = (memberId: number) =>
  redeemItem(house.house, { memberId, itemId, quantity: 1, storeId, seenPoints: null, requestId: fresh() })

async function buy(memberId: number, amountFen: number, offsetPoints = 0): Promise<string> {
  const receiptNo = fresh('R')
  const lines = [{ name: '拿铁', quantity: 1, amountFen }]
  await house.book.make(recordPurchase, {
    memberId,
    storeId,
    receiptNo,
    lines,
    paid: { ...plainlyPaid, offsetPoints },
    profile: noProfile,
    actor: 'system',
  })
  return receiptNo
}

/** A member to whom everything has happened: bought, redeemed, cancelled, returned into debt, paid it, let points expire. */
async function aLife(): Promise<number> {
  const { book, clock } = house
  const memberId = await house.aMember({ points: 40 })
  const receiptNo = await buy(memberId, 100_00)
  const { order } = await redeem(memberId)
  await redeem(memberId)
  await redeem(memberId)
  await cancel(house.house, await orderOf(house.house, order.orderNo), {
    actor: 'system',
    reason: '',
    requestId: fresh(),
  })
  const lines = [{ line: 0, quantity: 1, amountFen: 100_00 }]
  const claim = { memberId, entrySeq: 2, storeId, receiptNo, lines, actor: 'system', requestId: fresh() }
  await book.make(returnPurchase, claim)
  await buy(memberId, 300_00)
  clock.travelDays(400)
  await book.make(expireMember, { memberId, today: dayOf(clock.now(), 480) })
  await book.make(adjust, { memberId, points: 7, reason: '补偿', actor: 'admin/a', requestId: fresh() })
  return memberId
}

/** A member who has taken in a double with a life of its own, and the double. */
async function aMerge(): Promise<[kept: number, double: number]> {
  const [kept, double] = [await house.aMember({ points: 5 }), await aLife()]
  await house.book.make(mergeMembers, { keptId: kept, doubleId: double, actor: 'admin/a', requestId: fresh() })
  return [kept, double]
}

const damage = (query: ReturnType<typeof sql>) => house.db.execute(query)

describe('the audit of the books', () => {
  it('finds nothing wrong with books that only the book has written, and its totals add up', async () => {
    const memberId = await aLife()
    const { order } = await redeem(await house.aMember({ points: 100 }))
    const { memberId: buyer, entrySeq } = (await orderOf(house.house, order.orderNo)).order
    await house.book.make(handOver, { memberId: buyer, entrySeq, at: null, actor: 'system', requestId: fresh() })
    const kept = await house.aMember()
    await house.book.make(mergeMembers, { keptId: kept, doubleId: memberId, actor: 'admin/a', requestId: fresh() })
    const report = await audit()
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([])
    expect(report.passed).toBe(true)
    expect(report.checks.every(({ checked }) => checked > 0)).toBe(true)
    const { issued, adjusted, redeemed, expired, reversed, outstanding, debt, outstandingFen } = report.totals
    expect(issued + adjusted).toBe(redeemed + expired + reversed + outstanding)
    expect({ issued, adjusted, redeemed, debt, outstanding, outstandingFen }).toEqual({
      issued: 400,
      adjusted: 147,
      redeemed: 90,
      debt: 0,
      outstanding: 77,
      outstandingFen: 77,
    })
    const kinds = (await house.entries(memberId)).map(({ kind }) => kind)
    expect(new Set(kinds)).toEqual(
      new Set(['earn', 'adjust', 'spend', 'give-back', 'return', 'repay', 'expire', 'merge']),
    )
  })

  it('names the entry whose points were edited', async () => {
    const memberId = await aLife()
    await damage(sql`UPDATE points_entries SET delta = delta + 500 WHERE member_id = ${memberId} AND seq = 2`)
    const faults = await faultsOf(memberId)
    expect(faults).toContain(`seals 会员 ${memberId} 第 2 笔：封印不符`)
    expect(faults).toContain(`draws 会员 ${memberId} 第 2 笔：变动 600，批次里变动 100`)
    expect(faults.filter((fault) => fault.startsWith('seals'))).toHaveLength(1)
  })

  it('is not deceived by an edit that keeps all sums right', async () => {
    const memberId = await house.aMember()
    await buy(memberId, 100_00)
    for (const query of [
      sql`UPDATE points_entries SET delta = 900, balance_after = 900 WHERE member_id = ${memberId}`,
      sql`UPDATE points_lots SET points = 900, remaining = 900 WHERE member_id = ${memberId}`,
      sql`UPDATE points_accounts SET balance = 900, earned = 900 WHERE member_id = ${memberId}`,
      sql`UPDATE purchases SET points = 900 WHERE member_id = ${memberId}`,
    ])
      await damage(query)
    expect(await faultsOf(memberId)).toEqual([`seals 会员 ${memberId} 第 1 笔：封印不符`])
  })

  it('names the place of an entry that was deleted', async () => {
    const memberId = await aLife()
    await damage(sql`DELETE FROM points_entries WHERE member_id = ${memberId} AND seq = 4`)
    const faults = await faultsOf(memberId)
    expect(faults).toContain(`chain 会员 ${memberId} 第 4 笔：缺失`)
    expect(faults).toContain(`seals 会员 ${memberId} 第 5 笔：封印不符`)
    expect(faults).toContain(`draws 会员 ${memberId} 第 4 笔：批次有变动，但没有这笔流水`)
  })

  it('finds an entry that was inserted, though its points, lot and balance agree', async () => {
    const memberId = await house.aMember({ points: 10 })
    for (const query of [
      sql`INSERT INTO points_entries SELECT member_id, 2, kind, cause, ref, 1000, 0, 1010, policy_version, why, actor, at, seal
          FROM points_entries WHERE member_id = ${memberId}`,
      sql`INSERT INTO points_lots (member_id, seq, points, remaining, expired, usable_on, expires_on) SELECT member_id, 2, 1000, 1000, 0, usable_on, expires_on FROM points_lots WHERE member_id = ${memberId}`,
      sql`UPDATE points_accounts SET balance = 1010, seq = 2 WHERE member_id = ${memberId}`,
    ])
      await damage(query)
    expect(await faultsOf(memberId)).toEqual([`seals 会员 ${memberId} 第 2 笔：封印不符`])
  })

  it('finds a last entry that was cut off', async () => {
    const memberId = await house.aMember({ points: 10 })
    await redeem(await house.aMember({ points: 30 }))
    const taken = { memberId, points: -4, reason: '扣减', actor: 'admin/a', requestId: fresh() }
    await house.book.make(adjust, taken)
    await damage(sql`DELETE FROM points_entries WHERE member_id = ${memberId} AND seq = 2`)
    await damage(sql`UPDATE points_accounts SET balance = 10, seq = 1 WHERE member_id = ${memberId}`)
    await damage(sql`UPDATE points_lots SET remaining = 10 WHERE member_id = ${memberId}`)
    await damage(sql`DELETE FROM points_draws WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([`seals 会员 ${memberId}：账户的末尾封印与最后一笔不符`])
  })

  it('finds a lot whose last day was moved', async () => {
    const memberId = await house.aMember({ points: 10 })
    await damage(sql`UPDATE points_lots SET expires_on = '2099-12-31' WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([`seals 会员 ${memberId} 第 1 笔：封印不符`])
  })

  it('finds a lot whose remaining points were raised, and a balance raised with it', async () => {
    const memberId = await house.aMember({ points: 10 })
    await damage(sql`UPDATE points_lots SET remaining = 60 WHERE member_id = ${memberId}`)
    await damage(sql`UPDATE points_accounts SET balance = 60 WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([
      `balances 会员 ${memberId}：余额 60，各笔之和 10`,
      `lots 会员 ${memberId} 第 1 批：剩余 60，按去向应为 10`,
    ])
  })

  it('finds a reason that was rewritten, and one made unreadable', async () => {
    const memberId = await house.aMember()
    await buy(memberId, 1_00)
    await buy(memberId, 1_00)
    await damage(
      sql`UPDATE points_entries SET why = REPLACE(why, 'base', 'gift') WHERE member_id = ${memberId} AND seq = 1`,
    )
    await damage(sql`UPDATE points_entries SET why = '[{' WHERE member_id = ${memberId} AND seq = 2`)
    expect(await faultsOf(memberId)).toEqual([
      `seals 会员 ${memberId} 第 1 笔：封印不符`,
      `seals 会员 ${memberId} 第 2 笔：封印不符`,
    ])
  })

  it('finds a debt that was forgiven in the database', async () => {
    const memberId = await house.aMember()
    const receiptNo = await buy(memberId, 30_00)
    await redeem(memberId)
    const lines = [{ line: 0, quantity: 1, amountFen: 30_00 }]
    const claim = { memberId, entrySeq: 1, storeId, receiptNo, lines, actor: 'system', requestId: fresh() }
    await house.book.make(returnPurchase, claim)
    await damage(sql`UPDATE points_accounts SET debt = 0 WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([`debts 会员 ${memberId}：欠分 0，各笔之和 30`])
  })

  it('finds entries whose account is gone', async () => {
    const memberId = await house.aMember({ points: 10 })
    await damage(sql`DELETE FROM points_accounts WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([`balances 会员 ${memberId}：有积分记录，但没有账户`])
  })

  it('finds receipts that were deleted, edited or made up', async () => {
    const memberId = await house.aMember()
    const [first, second] = [await buy(memberId, 10_00), await buy(memberId, 20_00)]
    await damage(sql`INSERT INTO purchases SELECT store_id, 'MADE-UP', member_id, 9, amount_fen, points, \`lines\`, 0, 0, 0, 0, actor, at, paid
                     FROM purchases WHERE receipt_no = ${first}`)
    await damage(sql`DELETE FROM purchases WHERE receipt_no = ${first}`)
    await damage(sql`UPDATE purchases SET points = 21 WHERE receipt_no = ${second}`)
    expect(await faultsOf(memberId)).toEqual([
      `purchases 会员 ${memberId} 第 1 笔：找不到对应的小票`,
      `purchases 会员 ${memberId} 第 2 笔：20 分，小票上是 21 分`,
    ])
    const { checks } = await audit()
    const { faults } = checks.find(({ id }) => id === 'purchases')!
    expect(faults).toContain(`门店 ${storeId} 小票 MADE-UP：没有对应的流水`)
  })

  it('finds receipts that say otherwise about the points that paid a part, and returns that gave none of them back', async () => {
    const memberId = await house.aMember({ points: 900 })
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
      `purchases 会员 ${memberId} 小票 ${storeId}/${kept}：应退抵现 150 分，流水退了 0 分`,
      `purchases 会员 ${memberId} 小票 ${storeId}/${less}：流水里有抵现，小票上没有`,
    ])
  })

  it('finds an order made cheaper, one cancelled without giving points back, and stock that does not fit', async () => {
    const memberId = await house.aMember({ points: 100 })
    const [cheap, gone] = [(await redeem(memberId)).order, (await redeem(memberId)).order]
    await damage(sql`UPDATE orders SET points = 1 WHERE member_id = ${memberId} AND pickup_code = ${cheap.pickupCode}`)
    await damage(sql`UPDATE orders SET state = 'cancelled' WHERE pickup_code = ${gone.pickupCode}`)
    expect(await faultsOf(memberId)).toEqual([
      `orders 订单 ${cheap.orderNo}：1 分，流水扣了 30 分`,
      `orders 订单 ${gone.orderNo}：应退 30 分，流水退了 0 分`,
    ])
    const { checks } = await audit()
    const { faults } = checks.find(({ id }) => id === 'stock')!
    expect(faults).toEqual([expect.stringContaining(`商品 ${itemId}：已兑`)])
  })

  it('finds nothing wrong with a merge, and the day, the points or the origin that was changed in a lot it moved', async () => {
    const [kept, double] = await aMerge()
    expect(await faultsOf(kept)).toEqual([])
    expect(await faultsOf(double)).toEqual([])
    await damage(sql`UPDATE points_lots SET expires_on = '2099-12-31' WHERE member_id = ${kept} AND seq = 3`)
    const [origin] = await house.db.select().from(lotOriginsTable).where(eq(lotOriginsTable.memberId, kept))
    const lotSeq = origin!.fromSeq
    const moved = `merges 会员 ${kept} 第 3 笔：有效期与原批次 ${double}/${lotSeq} 不同`
    expect(await faultsOf(kept)).toEqual([`seals 会员 ${kept} 第 3 笔：封印不符`, moved])
    await damage(sql`UPDATE lot_origins SET from_seq = 99 WHERE member_id = ${kept}`)
    expect(await faultsOf(kept)).toContain(`merges 会员 ${kept} 第 3 笔：与原批次 ${double}/${lotSeq} 的对应关系不符`)
  })

  it('finds a merge that brought more than was given, though the account agrees with itself', async () => {
    const [kept, double] = await aMerge()
    for (const query of [
      sql`UPDATE points_entries SET delta = delta + 90, balance_after = balance_after + 90 WHERE member_id = ${kept} AND seq = 3`,
      sql`UPDATE points_lots SET points = points + 90, remaining = remaining + 90 WHERE member_id = ${kept} AND seq = 3`,
      sql`UPDATE points_accounts SET balance = balance + 90 WHERE member_id = ${kept}`,
    ])
      await damage(query)
    const faults = await faultsOf(kept)
    expect(faults).toEqual([`seals 会员 ${kept} 第 3 笔：封印不符`])
    const { checks } = await audit()
    expect(checks.find(({ id }) => id === 'merges')!.faults).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^批次 ${double}/\\d+：转出 7 分，转入 97 分$`)),
        '转入比转出多 90 分',
      ]),
    )
  })

  it('finds totals that did not come by the merge', async () => {
    const [kept] = await aMerge()
    await damage(sql`UPDATE points_accounts SET spent = spent + 1, purchases = purchases + 1 WHERE member_id = ${kept}`)
    expect(await faultsOf(kept)).toEqual([
      `lifetimes 会员 ${kept}：累计使用 61，各笔之和 60`,
      `lifetimes 会员 ${kept}：消费 3 次，流水中有 2 次`,
    ])
  })

  it('trusts no seal made with another secret', async () => {
    const report = await audit({ sealSecret: 'another secret' })
    const { faults, text } = report.checks.find(({ id }) => id === 'seals')!
    expect(faults).toHaveLength(50)
    expect(text).toContain('另有')
  })
})

it('reads ranges of members of which each is consistent while the shop goes on writing', async () => {
  const busy = await aHouse()
  try {
    const memberIds: number[] = []
    for (let index = 0; index < 30; index++) memberIds.push(await busy.aMember({ points: 1_000 }))
    let open = true
    const shop = (async () => {
      while (open)
        await Promise.all(
          memberIds.map((memberId) =>
            busy.book.make(adjust, { memberId, points: 1, reason: '补偿', actor: 'system', requestId: fresh() }),
          ),
        )
    })()
    const options = { sealSecret: busy.env.secrets.sealSecret, pointsPerYuan: 100 }
    for (let round = 0; round < 5; round++)
      expect((await auditLedger(busy.outside.databases.pool, options)).checks.filter(({ passed }) => !passed)).toEqual(
        [],
      )
    open = false
    await shop
  } finally {
    await busy.close()
  }
})
