import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeStore } from '../../support/edits.ts'
import { aPartner } from '../../support/partner.ts'
import { aPolicy } from '../../support/policies.ts'
import { aWorld, fresh, NOON, putInForce, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
beforeEach(async () => {
  world.clock.set(NOON)
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
})
afterAll(async () => {
  expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
  await world.close()
})

const lines = [{ name: '拿铁', quantity: 1, amountFen: 10_00 }]
const sale = (visit: string) => ({ visit, storeId, requestId: fresh('draft'), lines })
const close = (id: number) => changeStore(admin, { storeId: id, open: false })
const standing = (memberId: number, to: 'frozen' | 'active') =>
  admin.call('POST /admin/members/:memberId/standing', { memberId, standing: to, reason: '核查', requestId: fresh() })
const merge = (memberId: number, doubleId: number) =>
  admin.call('POST /admin/members/:memberId/merge', { memberId, doubleId, reason: '同一个人', requestId: fresh() })

describe('a clerk', () => {
  it('a frozen member can do nothing at the till while frozen, also in a visit opened before (FS7)', async () => {
    const visit = await world.aVisit(clerk, await world.aMember(), storeId)
    await standing(clerk.memberId, 'frozen')
    for (const [op, input] of [
      ['GET /clerk/me', {}],
      ['GET /clerk/day', { storeId }],
      ['POST /clerk/purchases', sale(visit)],
      ['POST /clerk/scans', { code: '812345678901', storeId, requestId: fresh() }],
    ] as const)
      expect(await clerk.ask(op, input)).toMatchObject({ status: 403, body: { code: 'staff.suspended' } })
    expect((await clerk.call('GET /me')).staff).toBeNull()
    await standing(clerk.memberId, 'active')
    expect((await clerk.ask('POST /clerk/purchases', sale(visit))).status).toBe(200)
    expect((await clerk.call('GET /me')).staff).toMatchObject({ role: 'clerk' })
  })

  it('a clerk whose record was merged no longer works under it (FS7)', async () => {
    await merge(await world.aMember(), clerk.memberId)
    expect((await clerk.ask('GET /clerk/me')).body.code).toBe('staff.suspended')
  })

  it('cannot record their own purchase, unless the policy allows it (FS7)', async () => {
    const own = sale(await world.aVisit(clerk, clerk.memberId, storeId))
    for (const op of ['POST /clerk/purchases/preview', 'POST /clerk/purchases'])
      expect(await clerk.ask(op, own)).toMatchObject({
        status: 403,
        body: { code: 'purchase.own', text: '不能给自己记账，请让另一位店员来记' },
      })
    const colleague = await world.aClerk([storeId])
    const theirs = sale(await world.aVisit(colleague, clerk.memberId, storeId))
    expect((await colleague.ask('POST /clerk/purchases', theirs)).status).toBe(200)
    await putInForce(world, aPolicy({ till: { spendingNeeds: 'code', ownPurchases: 'allow' } }))
    expect((await clerk.ask('POST /clerk/purchases', own)).status).toBe(200)
    await putInForce(world, aPolicy())
  })

  it('cannot record the purchase of a double that was merged into their own record (FS7)', async () => {
    const doubleId = await world.aMember()
    const { code } = await (await world.asMember(doubleId)).call('GET /me/code')
    await merge(clerk.memberId, doubleId)
    const scanned = await clerk.call('POST /clerk/scans', { code, storeId, requestId: fresh() })
    const visit = scanned.kind === 'member' ? scanned.visit : ''
    expect((await clerk.ask('POST /clerk/purchases', sale(visit))).body.code).toBe('purchase.own')
  })
})

describe('a visit of a member who was merged in the meantime', () => {
  it('names the record that holds the points in every operation of the visit (FM23)', async () => {
    const [keptId, doubleId] = [await world.aMember({ nickname: '林小满' }), await world.aMember({ points: 50 })]
    const visit = await world.aVisit(clerk, doubleId, storeId)
    await merge(keptId, doubleId)
    const memberNo = String(keptId).padStart(8, '0')
    for (const [op, input] of [
      ['POST /clerk/purchases/preview', sale(visit)],
      ['POST /clerk/purchases', sale(visit)],
      ['POST /clerk/cards', { visit, cardNo: '600000000007' }],
      ['POST /clerk/cards/loss', { visit }],
      ['POST /clerk/spend-requests', { visit, storeId, draftId: fresh('draft'), points: 10, requestId: fresh() }],
    ] as const)
      expect(await clerk.ask(op, input), op).toMatchObject({
        status: 409,
        body: {
          code: 'member.merged-into',
          text: `这位会员已并入会员 ${memberNo}（林小满），积分在那份档案里；收银时请重新扫会员码`,
        },
      })
  })

  it('a member whose membership has ended without a merge sees that (FM23)', async () => {
    const memberId = await world.aMember()
    const visit = await world.aVisit(clerk, memberId, storeId)
    await standing(memberId, 'frozen')
    expect((await clerk.ask('POST /clerk/purchases', sale(visit))).body.code).toBe('member.frozen')
  })
})

describe('a store', () => {
  it('where orders wait is not closed: the refusal says how many and what to do (FM5)', async () => {
    const memberId = await world.aMember({ points: 500 })
    const member = await world.asMember(memberId)
    const itemId = await world.anItem({ points: 100 })
    const codes: string[] = []
    for (let count = 0; count < 2; count++) {
      const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
      codes.push((await member.call('POST /mall/redemptions', wish)).order.pickupCode)
    }
    await expect(close(storeId)).rejects.toMatchObject({
      status: 409,
      code: 'store.orders-waiting',
      text: '还有 2 个兑换订单等着在这家店取货，请先交给会员或取消这些订单，再停用门店',
    })
    const isOpen = async () => (await admin.call('GET /admin/stores')).rows.find((row) => row.storeId === storeId)?.open
    expect(await isOpen()).toBe(true)
    for (const code of codes) await clerk.call('POST /clerk/pickups', { code, storeId, requestId: fresh() })
    await close(storeId)
    expect(await isOpen()).toBe(false)
  })
})

describe('goods of a store that has closed', () => {
  it('are taken back by a clerk of any open store, and count in that store’s day (FM21)', async () => {
    const [memberId, elsewhere] = [await world.aMember(), await world.aStore('静安寺店')]
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [10_00])
    const other = await world.aClerk([elsewhere])
    const goods = { storeId, receiptNo, lines: [{ line: 0, quantity: 1, amountFen: 10_00 }], takenAt: elsewhere }
    expect((await other.ask('POST /clerk/returns/preview', goods)).body.code).toBe('store.foreign')
    await close(storeId)
    expect((await other.call('GET /clerk/me')).closedStores).toContainEqual({ storeId, name: '人民广场店' })
    expect(await other.call('GET /clerk/purchases/:storeId/:receiptNo', { storeId, receiptNo })).toMatchObject({
      amountFen: 10_00,
    })
    expect(await other.call('POST /clerk/returns/preview', goods)).toMatchObject({ points: 10 })
    expect(await other.call('POST /clerk/returns', { ...goods, requestId: fresh() })).toMatchObject({ points: 10 })
    const day = await other.call('GET /clerk/day', { storeId: elsewhere })
    expect(day).toMatchObject({ refundFen: 10_00, netFen: -10_00, points: -10 })
    expect(day.rows).toMatchObject([{ kind: 'return', ref: receiptNo, storeId, amountFen: 10_00 }])
    expect((await world.account(memberId)).balance).toBe(0)
  })

  it('are taken back in the panel once, as previewed, with an audit log line (FM21, FN2)', async () => {
    const memberId = await world.aMember()
    const { receiptNo } = await world.buy(clerk, memberId, storeId, [10_00, 6_00])
    await close(storeId)
    const goods = { storeId, receiptNo, lines: [{ line: 0, quantity: 1, amountFen: 10_00 }] }
    const seen = await admin.call('POST /admin/purchases/returns/preview', goods)
    expect(seen).toMatchObject({ refundFen: 10_00, points: 10, text: '收回 10 分' })
    const wish = { ...goods, refundFen: seen.refundFen, reason: '门店已停业，总部收货', requestId: fresh() }
    expect(await admin.ask('POST /admin/purchases/returns', { ...wish, points: 11 })).toMatchObject({
      status: 409,
      body: { code: 'return.changed', detail: { refundFen: 10_00, points: 10 } },
    })
    const first = await admin.call('POST /admin/purchases/returns', { ...wish, points: seen.points })
    expect(first).toMatchObject({ points: 10, balance: 6 })
    expect(await admin.call('POST /admin/purchases/returns', { ...wish, points: seen.points })).toEqual(first)
    const { rows } = await admin.call('POST /admin/audit-log/search', { action: 'purchase.return' })
    expect(rows).toMatchObject([
      {
        subject: `member/${memberId}`,
        text: `小票 ${receiptNo} 退货，退款 10.00 元，收回 10 分：门店已停业，总部收货`,
      },
    ])
    const unknown = { ...wish, receiptNo: 'NONE-1', requestId: fresh() }
    expect((await admin.ask('POST /admin/purchases/returns', unknown)).body.code).toBe('receipt.unknown')
    expect((await clerk.ask('POST /admin/purchases/returns', wish)).status).toBe(401)
  })

  it('are not taken back by a clerk who has no open store (FM21)', async () => {
    const { receiptNo } = await world.buy(clerk, await world.aMember(), storeId, [10_00])
    await close(storeId)
    const goods = { storeId, receiptNo, lines: [{ line: 0, quantity: 1, amountFen: 10_00 }] }
    expect((await clerk.ask('POST /clerk/returns', { ...goods, requestId: fresh() })).body.code).toBe('store.closed')
  })

  it('are taken back and confirmed by the system that sold them, which cannot sell there any more (FM21)', async () => {
    const partner = await aPartner(world, [storeId])
    const member = { memberNo: String(await world.aMember()).padStart(8, '0') }
    const cart = { storeId, receiptNo: fresh('WEB'), member, lines }
    await partner.call('POST /open/purchases', cart)
    await close(storeId)
    const sold = { storeId, receiptNo: cart.receiptNo }
    expect((await partner.ask('POST /open/purchases/confirmations', sold)).status).toBe(200)
    const goods = { ...sold, lines: [{ line: 0, quantity: 1, amountFen: 10_00 }], requestId: fresh() }
    expect((await partner.ask('POST /open/returns', goods)).status).toBe(200)
    const next = { ...cart, receiptNo: fresh('WEB') }
    expect((await partner.ask('POST /open/purchases', next)).body.code).toBe('store.closed')
  })
})
