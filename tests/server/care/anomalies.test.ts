import { hoursOf } from '@pointbook/server/features/care/anomalies/purchases'
import { referralsTable } from '@pointbook/server/features/earning/referrals/tables'
import { stores } from '@pointbook/server/features/shop/stores/tables'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { addMs } from '@pointbook/shared/day'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { aPolicy } from '../../support/policies.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh, putInForce } from '../../support/world.ts'

inAStaffedShop()

/** What the page says of one member, by kind. */
async function listed(memberId: number, days = 7): Promise<Record<string, string>> {
  const { rows } = await admin.call('GET /admin/anomalies', { days })
  return Object.fromEntries(rows.filter((row) => row.memberId === memberId).map(({ kind, text }) => [kind, text]))
}

async function buys(memberId: number, times: number, amountFen = 20_00, by = clerk) {
  const receipts: string[] = []
  for (let count = 0; count < times; count++)
    receipts.push((await world.buy(by, memberId, storeId, [amountFen])).receiptNo)
  return receipts
}

describe('anomalies (H6)', () => {
  it('is empty for a shop without anomalies', async () => {
    const memberId = await world.aMember()
    await buys(memberId, 1)
    expect(await listed(memberId)).toEqual({})
  })

  it('lists many receipts in an hour or a day, and a clerk who records all of them', async () => {
    const memberId = await world.aMember()
    await buys(memberId, 3)
    expect(await listed(memberId)).toEqual({ 'busy-hour': '2026-03-02 12 点的一小时内记了 3 张小票' })
    await buys(memberId, 5)
    expect(await listed(memberId)).toMatchObject({
      'busy-day': '2026年3月2日记了 8 张小票，共得 160 分',
      'same-clerk': '店员「店员」给这位会员记了 8 张小票，明显多于平常',
    })
  })

  it('lists clerks who record their own purchases, when the policy allows it', async () => {
    await putInForce(world, aPolicy({ till: { ownPurchases: 'allow' } }))
    await buys(clerk.memberId, 1)
    expect(await listed(clerk.memberId)).toEqual({ 'own-account': '店员给自己的会员账户记了 1 张小票，共得 20 分' })
  })

  it('lists an amount far above what the store usually sells for', async () => {
    const memberId = await world.aMember()
    for (let count = 0; count < 12; count++) await buys(await world.aMember(), 1)
    await buys(memberId, 1, 2_000_00)
    expect((await listed(memberId))['large-amount']).toMatch(
      /^在「人民广场店」一笔消费 2,000\.00 元，该店近期平均每笔 \d+\.\d\d 元$/,
    )
  })

  it('lists many returns', async () => {
    const memberId = await world.aMember()
    const [receiptNo] = await buys(memberId, 1, 100_00)
    for (let count = 0; count < 4; count++)
      await clerk.call('POST /clerk/returns', {
        storeId,
        receiptNo: receiptNo!,
        lines: [{ line: 0, quantity: 0, amountFen: 5_00 }],
        requestId: fresh(),
      })
    expect(await listed(memberId)).toEqual({ 'many-returns': '退货 4 次，共退 20.00 元' })
  })

  it('lists invited friends who never buy, and chains of invitations (B32)', async () => {
    const [inviter, friend] = [await world.aMember(), await world.aMember({ nickname: '小号' })]
    const others = [await world.aMember(), await world.aMember(), await world.aMember(), await world.aMember()]
    const invited = (inviterId: number, inviteeId: number): typeof referralsTable.$inferInsert => ({
      inviterId,
      inviteeId,
      state: 'waiting',
      points: 0,
      entrySeq: 0,
      inviteeSeq: 0,
      rewardedMonth: '',
      round: 0,
      purchaseRef: '',
      madeAt: world.clock.now(),
      doubts: [],
      reviewedBy: '',
    })
    await world.db.insert(referralsTable).values([friend, ...others].map((id) => invited(inviter, id)))
    const further = [await world.aMember(), await world.aMember()]
    await world.db.insert(referralsTable).values(further.map((id) => invited(friend, id)))
    expect(await listed(inviter)).toEqual({
      'idle-friends': '邀请了 5 人，其中 5 人从未消费',
      'referral-chain': '邀请来的「小号」在一天之内又邀请了 2 人，可能是同一人的多台设备',
    })
    expect(await listed(friend)).toEqual({})
  })

  it('lists purchases recorded while the store was closed', async () => {
    const [memberId, evening] = [await world.aMember(), await world.aStore('夜市店')]
    const opens = (hours: string) => world.db.update(stores).set({ hours }).where(eq(stores.id, evening))
    await world.buy(await world.aClerk([evening]), memberId, evening, [20_00])
    await opens('13:00–21:30')
    expect(await listed(memberId)).toEqual({
      'outside-hours': '2026-03-02 12:00 在「夜市店」记账，营业时间是 13:00–21:30',
    })
    await opens('11:00–02:00')
    expect(await listed(memberId)).toEqual({})
  })

  it('marks the record of a merged member (FM23)', async () => {
    const [memberId, doubleId] = [await world.aMember(), await world.aMember()]
    await buys(doubleId, 3)
    const merge = { memberId, doubleId, reason: '同一个人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    const { rows } = await admin.call('GET /admin/anomalies', {})
    expect(rows.find((row) => row.memberId === doubleId)).toMatchObject({ standing: 'cancelled', merged: true })
  })

  it('names the case of a member, and leaves out old purchases', async () => {
    const memberId = await world.aMember()
    await buys(memberId, 3)
    const { caseId } = await admin.call('POST /admin/cases', {
      memberIds: [memberId],
      reason: '刷单',
      freeze: true,
      requestId: fresh(),
    })
    const { rows } = await admin.call('GET /admin/anomalies', {})
    expect(rows.find((row) => row.memberId === memberId)).toMatchObject({ caseId, standing: 'frozen', merged: false })
    world.clock.travelDays(7)
    expect(await listed(memberId)).toEqual({})
    expect(await listed(memberId, 30)).not.toEqual({})
  })
})

describe('delays (H10)', () => {
  const delays = async (days: number) => (await admin.call('GET /admin/anomalies', { days })).delays

  it('names a busy store that no longer reports purchases', async () => {
    await world.settle()
    world.clock.travelDays(2)
    expect(await delays(1)).toEqual([])
    expect(await delays(30)).toMatchObject([
      { title: '门店没有新小票', text: expect.stringContaining('「人民广场店」超过 24 小时没有记录消费') },
    ])
  })

  it('names messages that failed and will be tried again', async () => {
    const dueAt = addMs(world.clock.now(), 3_600_000)
    const failed = { topic: 'purchase.recorded', payload: {}, attempts: 3, lastError: 'ECONNRESET' }
    await world.db.insert(outbox).values({ ...failed, dueAt })
    expect(await delays(1)).toEqual([
      {
        title: '消费到账后的奖励',
        text: '已重试 3 次仍未成功，系统会继续重试（purchase.recorded）',
        count: 1,
        since: null,
      },
    ])
  })
})

describe('opening hours as stores write them', () => {
  it.each([
    ['09:00–21:30', { opens: '09:00', closes: '21:30' }],
    ['每天 9:00-22:00', { opens: '09:00', closes: '22:00' }],
    ['10：00至20：00', { opens: '10:00', closes: '20:00' }],
    ['全天', null],
    ['', null],
  ])('reads %s', (text, hours) => {
    expect(hoursOf(text)).toEqual(hours)
  })
})
