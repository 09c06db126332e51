import { inboxMessages } from '@pointbook/server/features/care/messages/tables'
import { findOrAdd } from '@pointbook/server/features/connections/imports/people'
import { openidOf } from '@pointbook/server/features/members/directory/personal-data'
import { members } from '@pointbook/server/features/members/directory/tables'
import { staff, staffStores } from '@pointbook/server/features/shop/staff/tables'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh, NOON } from '../../support/world.ts'

inAStaffedShop()

const merge = async (memberId: number, doubleId: number) => {
  const input = { memberId, doubleId, reason: '同一个人', requestId: fresh() }
  const after = await admin.call('POST /admin/members/:memberId/merge', input)
  await world.settle()
  return after
}

const tryMerge = (memberId: number, doubleId: number) =>
  admin.ask('POST /admin/members/:memberId/merge', { memberId, doubleId, reason: '同一个人', requestId: fresh() })

const giveBack = (receiptNo: string, amountFen: number) =>
  clerk.call('POST /clerk/returns', {
    storeId,
    receiptNo,
    lines: [{ line: 0, quantity: 0, amountFen }],
    requestId: fresh(),
  })

const expectSoundBooks = async () => expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])

const redeem = async (memberId: number, itemId: number) => {
  const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
  return (await (await world.asMember(memberId)).call('POST /mall/redemptions', wish)).order
}

describe('merging two records (I1)', () => {
  it('previews the result without writing, and then has exactly this result', async () => {
    const [kept, double] = [await world.aMember({ points: 50 }), await world.aMember({ points: 30 })]
    await world.buy(clerk, double, storeId, [100_00])
    const query = { memberId: kept, doubleId: double }
    const preview = await admin.call('GET /admin/members/:memberId/merge', query)
    expect(preview.kept).toMatchObject({ memberId: kept, balance: 50, purchases: 0 })
    expect(preview.double).toMatchObject({ memberId: double, balance: 130, purchases: 1, spendFen: 100_00 })
    expect(preview.after).toMatchObject({ points: 130, lots: 2, balance: 180, usable: 180, purchases: 1 })
    expect((await world.account(kept)).balance).toBe(50)
    expect(await merge(kept, double)).toEqual(preview.after)
    expect(await world.account(kept)).toMatchObject({ balance: 180, purchases: 1, spendFen: 100_00, earned: 100 })
    expect(await world.account(double)).toMatchObject({ balance: 0, standing: 'cancelled', earned: 0 })
    const record = await admin.call('GET /admin/members/:memberId', { memberId: kept })
    expect(record.doubles).toEqual([{ memberId: double, nickname: '会员' }])
    expect(record.log[0]!.text).toMatch(/^并入会员 \d+，130 分、2 个批次转入：同一个人$/)
    const closed = await admin.call('GET /admin/members/:memberId', { memberId: double })
    expect(closed.mergedInto).toEqual({ memberId: kept, nickname: '会员' })
    await expectSoundBooks()
  })

  it('keeps the dates of every lot, also of points still pending', async () => {
    const [kept, double] = [await world.aMember(), await world.aMember({ points: 20 })]
    const before = await world.openLots(double)
    await merge(kept, double)
    const dates = (lots: typeof before) =>
      lots.map(({ remaining, usableOn, expiresOn }) => ({ remaining, usableOn, expiresOn }))
    expect(dates(await world.openLots(kept))).toEqual(dates(before))
    const [entry] = (await admin.call('GET /admin/members/:memberId/entries', { memberId: kept })).rows
    expect(entry).toMatchObject({ kind: 'merge', title: '会员合并', delta: 20 })
    expect(entry!.facts).toContainEqual({ label: '原积分记录', value: '第 1 笔，有效期不变' })
  })

  it('answers a repeated request as before, and refuses the same record, frozen and closed records, and chains', async () => {
    const [kept, double, third] = [
      await world.aMember(),
      await world.aMember({ points: 5 }),
      await world.aMember({ points: 1 }),
    ]
    const input = { memberId: kept, doubleId: double, reason: '同一个人', requestId: fresh() }
    const first = await admin.call('POST /admin/members/:memberId/merge', input)
    expect(await admin.call('POST /admin/members/:memberId/merge', input)).toEqual(first)
    expect((await tryMerge(kept, kept)).body.code).toBe('merge.same')
    expect((await tryMerge(kept, double)).body.code).toBe('merge.inactive')
    expect((await tryMerge(double, third)).body.code).toBe('merge.inactive')
    expect((await tryMerge(third, kept)).body.code).toBe('merge.chain')
    expect((await tryMerge(kept, 999)).body.code).toBe('member.unknown')
    const freeze = { memberId: third, standing: 'frozen', reason: '核实', requestId: fresh() } as const
    await admin.call('POST /admin/members/:memberId/standing', freeze)
    expect((await tryMerge(kept, third)).body.code).toBe('merge.inactive')
  })

  it('takes the points of a returned purchase from its moved lot, then from the others', async () => {
    const [kept, double] = [await world.aMember({ points: 500 }), await world.aMember()]
    const { receiptNo } = await world.buy(clerk, double, storeId, [100_00])
    await world.buy(clerk, double, storeId, [200_00])
    await redeem(double, await world.anItem({ points: 60 }))
    await merge(kept, double)
    expect((await world.account(kept)).balance).toBe(740)
    expect(await giveBack(receiptNo, 30_00)).toMatchObject({ points: 30, taken: 30, owed: 0, balance: 710 })
    const remaining = (await world.openLots(kept)).map((lot) => lot.remaining)
    expect(remaining.sort((a, b) => a - b)).toEqual([10, 200, 500])
    expect(await giveBack(receiptNo, 70_00)).toMatchObject({ points: 70, taken: 70, owed: 0, balance: 640 })
    expect(await world.account(double)).toMatchObject({ balance: 0, debt: 0 })
    await expectSoundBooks()
  })

  it('lets the kept member see, collect and cancel the orders of the double; the points keep their dates', async () => {
    const [kept, double] = [await world.aMember({ points: 1 }), await world.aMember({ points: 100 })]
    const itemId = await world.anItem({ points: 30, limitPerMember: 3 })
    const [collected, cancelled] = [await redeem(double, itemId), await redeem(double, itemId)]
    await merge(kept, double)
    const member = await world.asMember(kept)
    expect((await member.call('GET /me/redemptions', {})).rows).toHaveLength(2)
    const handed = { code: collected.pickupCode, storeId, requestId: fresh() }
    expect((await clerk.call('POST /clerk/pickups', handed)).order.state).toBe('handed-over')
    const cancel = { orderNo: cancelled.orderNo, requestId: fresh() }
    const answer = await member.call('POST /me/redemptions/:orderNo/cancel', cancel)
    expect(answer).toMatchObject({ balance: 71, givenBack: 30 })
    expect(await member.call('POST /me/redemptions/:orderNo/cancel', cancel)).toMatchObject({ balance: 71 })
    expect(await world.account(kept)).toMatchObject({ balance: 71, spent: 30 })
    expect((await member.call('GET /mall/items/:itemId', { itemId })).takenByMe).toBe(1)
    await expectSoundBooks()
  })

  it('counts the redemptions of both records towards the limit of an item', async () => {
    const [kept, double] = [await world.aMember({ points: 100 }), await world.aMember({ points: 100 })]
    const itemId = await world.anItem({ points: 10, limitPerMember: 1 })
    await redeem(double, itemId)
    await merge(kept, double)
    const member = await world.asMember(kept)
    const again = await member.ask('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    expect(again.body.code).toBe('item.limit-reached')
  })

  it('logs the double out and leads its phone to the kept member', async () => {
    const [kept, double] = [await world.aMember(), await world.aMember({ points: 5 })]
    const stale = await world.asMember(double)
    const { code } = await stale.call('GET /me/code')
    await merge(kept, double)
    expect((await stale.ask('GET /me')).body.code).toBe('session.expired')
    expect((await stale.ask('POST /me/check-ins')).body.code).toBe('session.expired')
    const scanned = await clerk.call('POST /clerk/scans', { code, storeId, requestId: fresh() })
    expect(scanned).toMatchObject({ kind: 'member', member: { memberId: kept, balance: 5 } })
  })

  it('gives an imported record the WeChat account and phone of the double, and its next import finds the kept one', async () => {
    const people = [{ memberRef: 'OLD-7', since: NOON }]
    const kept = (await findOrAdd(world.server, people)).ids.get('OLD-7')!
    const double = await world.aMember({ points: 5, nickname: '小林' })
    const phone = { phoneHash: 'a hash', phoneMasked: '138****5678', phoneTail: '5678' }
    await world.db.update(members).set(phone).where(eq(members.id, double))
    const [before] = await world.db.select().from(members).where(eq(members.id, double))
    await merge(kept, double)
    const [after] = await world.db.select().from(members).where(eq(members.id, kept))
    const { keys } = world.outside
    expect(after).toMatchObject({ ...phone, nickname: '会员OLD-7' })
    expect(openidOf(keys, after!)).toBe(openidOf(keys, before!))
    expect((await findOrAdd(world.server, people)).ids.get('OLD-7')).toBe(kept)
  })

  it('moves the post, the inbox and the streak', async () => {
    const kept = await world.aMember()
    const double = await world.aClerk([storeId], 'manager')
    await (await world.asMember(double.memberId)).call('POST /me/check-ins')
    const note = { kind: 'standing', title: '通知', body: '您好', page: '', at: world.clock.now() } as const
    for (const memberId of [kept, double.memberId])
      await world.db.insert(inboxMessages).values({ ...note, memberId, fact: 'standing/x' })
    await merge(kept, double.memberId)
    const member = await world.asMember(kept)
    expect((await member.call('GET /me')).staff).toMatchObject({ role: 'manager', stores: [{ storeId }] })
    expect(await world.db.select().from(staffStores).where(eq(staffStores.memberId, double.memberId))).toEqual([])
    expect(await world.db.select().from(staff).where(eq(staff.memberId, double.memberId))).toEqual([])
    const titles = (await member.call('GET /me/messages', {})).rows.map(({ title }) => title)
    expect(titles).toEqual(['两份会员档案已合并', '通知', '通知'])
    expect((await member.call('GET /me/check-ins', {})).streak).toBe(1)
    expect((await member.ask('POST /me/check-ins')).body.code).toBe('check-in.done')
  })

  it('records no purchase for a closed record, and moves its debt to the kept record', async () => {
    const [kept, double] = [await world.aMember(), await world.aMember()]
    const visit = await world.aVisit(clerk, double, storeId)
    const { receiptNo } = await world.buy(clerk, double, storeId, [30_00])
    await redeem(double, await world.anItem({ points: 30 }))
    await giveBack(receiptNo, 30_00)
    await merge(kept, double)
    expect(await world.account(kept)).toMatchObject({ balance: 0, debt: 30 })
    const lines = [{ name: '拿铁', quantity: 1, amountFen: 50_00 }]
    const late = await clerk.ask('POST /clerk/purchases', { visit, storeId, receiptNo: fresh('R'), lines })
    expect(late.body.code).toBe('member.merged-into')
    await world.buy(clerk, kept, storeId, [50_00])
    expect(await world.account(kept)).toMatchObject({ balance: 20, debt: 0 })
    await expectSoundBooks()
  })
})
