import type { ClerkEndpoint } from '@pointbook/shared/contract/http'
import { contract, type Operation } from '@pointbook/shared/contract/index'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeStore, givePost } from '../../support/edits.ts'
import { aPartner } from '../../support/partner.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh } from '../../support/world.ts'

inAStaffedShop()

let manager: Awaited<ReturnType<typeof world.aClerk>>
let elsewhere: number

beforeAll(async () => {
  elsewhere = await world.aStore('静安寺店')
})
beforeEach(async () => {
  manager = await world.aClerk([storeId], 'manager')
})

const operations = Object.entries<{ for: string }>(contract).filter(([, { for: whom }]) => whom === 'clerk') as [
  Operation,
  ClerkEndpoint,
][]
const ofManagers = operations.filter(([, { managers }]) => managers)

const add = (memberId: number, at = storeId) =>
  world
    .aVisit(manager, memberId, storeId)
    .then((visit) => manager.ask('POST /clerk/staff', { visit, storeId: at, requestId: fresh() }))
const remove = (memberId: number, at = storeId) =>
  manager.ask('POST /clerk/staff/:memberId/removal', { memberId, storeId: at, requestId: fresh() })
const staffAt = async (at = storeId) =>
  (await manager.call('GET /clerk/staff', { storeId: at })).rows.map(({ memberId }) => memberId)
const figures = (at = storeId) => manager.call('GET /clerk/store-figures', { storeId: at })
const standing = (memberId: number, to: 'frozen' | 'active') =>
  admin.call('POST /admin/members/:memberId/standing', { memberId, standing: to, reason: '核查', requestId: fresh() })
const lastLine = async () => (await admin.call('POST /admin/audit-log/search', { limit: 1 })).rows[0]!

describe('operations and roles at the till (FT6, M15)', () => {
  test('some are for managers only, and each of these names a store', () => {
    expect(ofManagers.length).toBeGreaterThanOrEqual(4)
    const namesStore = ({ query, body }: ClerkEndpoint) => 'storeId' in { ...query?.properties, ...body?.properties }
    expect(ofManagers.filter(([, endpoint]) => !namesStore(endpoint))).toEqual([])
  })

  test.each([
    ['clerk', () => clerk, operations.filter(([, { managers }]) => !managers)],
    ['manager', () => manager, operations],
  ])('a %s may use theirs, and nothing else', async (_, who, theirs) => {
    const answers = await Promise.all(operations.map(([op]) => who().ask(op, {})))
    const open = operations.filter((_, index) => answers[index]!.body.code !== 'staff.not-manager')
    expect(open.map(([op]) => op)).toEqual(theirs.map(([op]) => op))
  })

  test('a manager may use them at the stores of the present post only', async () => {
    const inputs = {
      ...{ memberId: clerk.memberId, visit: 'x'.repeat(24), requestId: fresh() },
      ...{ points: 1, balance: 1, reason: '补记' },
    }
    for (const [op, { query, params, body }] of ofManagers) {
      const names = Object.keys({ ...query?.properties, ...params?.properties, ...body?.properties })
      const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => names.includes(name)))
      const answer = await manager.ask(op, { ...given, storeId: elsewhere })
      expect([op, answer.body.code]).toEqual([op, 'store.foreign'])
    }
  })

  test('a manager who becomes a clerk, or of another store, has lost them at the next call', async () => {
    const { memberId } = manager
    await figures()
    await givePost(admin, { memberId, role: 'clerk', storeIds: [storeId] })
    expect((await manager.ask('GET /clerk/store-figures', { storeId })).body).toMatchObject({
      code: 'staff.not-manager',
      text: '只有店长可以这样做，请找店长',
    })
    await givePost(admin, { memberId, role: 'manager', storeIds: [elsewhere] })
    expect((await manager.ask('GET /clerk/staff', { storeId })).body.code).toBe('store.foreign')
    expect(await figures(elsewhere)).toMatchObject({ purchases: 0, clerks: [{ memberId }] })
    await standing(memberId, 'frozen')
    expect((await manager.ask('GET /clerk/staff', { storeId: elsewhere })).body.code).toBe('staff.suspended')
  })
})

describe('the figures of a store (FT6)', () => {
  const refund = (who: typeof clerk, receiptNo: string, amountFen: number) =>
    who.call('POST /clerk/returns', {
      storeId,
      receiptNo,
      lines: [{ line: 0, quantity: 0, amountFen }],
      requestId: fresh(),
    })

  test('agree with each clerk’s own day and with the panel’s dashboard', async () => {
    world.clock.travelDays(1)
    const [other, partner] = [await world.aClerk([storeId]), await aPartner(world, [storeId])]
    const [one, two] = [await world.aMember({ points: 500 }), await world.aMember()]
    const itemId = await world.anItem({ points: 100 })
    const me = await world.asMember(one)
    const redeem = () => me.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    const [fetched] = [await redeem(), await redeem()]
    const { receiptNo } = await world.buy(clerk, one, storeId, [100_00])
    await world.buy(other, two, storeId, [30_00])
    await refund(other, receiptNo, 20_00)
    const code = fetched.order.pickupCode
    await clerk.call('POST /clerk/pickups', { code, storeId, requestId: fresh() })
    const member = { memberNo: String(two).padStart(8, '0') }
    const lines = [{ name: '茶', quantity: 1, amountFen: 7_00 }]
    await partner.call('POST /open/purchases', { storeId, receiptNo: fresh('W'), requestId: fresh(), member, lines })
    await world.buy(await world.aClerk([elsewhere]), two, elsewhere, [8_00])

    const seen = await figures()
    expect(seen).toMatchObject({ purchases: 3, amountFen: 137_00, returns: 1, refundFen: 20_00, netFen: 117_00 })
    expect(seen).toMatchObject({ points: 117, pickups: 1, members: 2, waitingOrders: 1, at: world.clock.now() })
    expect(seen.clerks[0]).toMatchObject({ memberId: clerk.memberId, purchases: 1, netFen: 100_00, pickups: 1 })
    expect(seen.clerks.find(({ memberId }) => memberId === null)).toMatchObject({
      nickname: '后台与其他系统',
      purchases: 1,
      netFen: 7_00,
    })
    for (const who of [clerk, other]) {
      const { rows: _, ...day } = await who.call('GET /clerk/day', { storeId })
      expect(seen.clerks.find(({ memberId }) => memberId === who.memberId)).toMatchObject(day)
    }
    for (const name of ['purchases', 'amountFen', 'returns', 'refundFen', 'netFen', 'points', 'pickups'] as const)
      expect(seen.clerks.reduce((sum, row) => sum + row[name], 0)).toBe(seen[name])

    const { pointsToday, waitingOrders } = await admin.call('GET /admin/dashboard')
    await givePost(admin, { memberId: manager.memberId, role: 'manager', storeIds: [storeId, elsewhere] })
    const both = [seen, await figures(elsewhere)]
    expect(both.reduce((sum, { points }) => sum + points, 0)).toBe(pointsToday.issued - pointsToday.reversed)
    expect(both.reduce((sum, store) => sum + store.waitingOrders, 0)).toBe(waitingOrders)
  })

  test('begin anew with the business day, and name a clerk who is gone', async () => {
    const gone = await world.aClerk([storeId])
    await world.buy(gone, await world.aMember(), storeId, [10_00])
    await remove(gone.memberId)
    expect((await figures()).clerks).toContainEqual(
      expect.objectContaining({ memberId: gone.memberId, nickname: '店员', purchases: 1, points: 10 }),
    )
    world.clock.travelDays(1)
    expect(await figures()).toMatchObject({ purchases: 0, netFen: 0, points: 0, members: 0 })
    expect((await figures()).clerks.map(({ memberId }) => memberId)).not.toContain(gone.memberId)
  })

  test('stay readable when the store has closed', async () => {
    const closed = await world.aStore('要关的店')
    await givePost(admin, { memberId: manager.memberId, role: 'manager', storeIds: [closed] })
    await changeStore(admin, { storeId: closed, open: false })
    expect(await figures(closed)).toMatchObject({ purchases: 0, waitingOrders: 0 })
  })
})

describe('the staff of a store (FT6)', () => {
  test('shows managers first, with what a manager may do about each', async () => {
    const { rows } = await manager.call('GET /clerk/staff', { storeId })
    const roles = rows.map(({ role }) => role)
    expect(roles).toEqual([...roles].sort().reverse())
    expect(rows.every(({ role, removable }) => removable === (role === 'clerk'))).toBe(true)
    await standing(clerk.memberId, 'frozen')
    const { rows: later } = await manager.call('GET /clerk/staff', { storeId })
    expect(later.find(({ memberId }) => memberId === clerk.memberId)?.active).toBe(false)
    await standing(clerk.memberId, 'active')
  })

  test('a scanned member works there at once, and the audit log names the manager', async () => {
    const memberId = await world.aMember({ nickname: '小王' })
    const newcomer = await world.asMember(memberId)
    expect((await newcomer.ask('GET /clerk/me')).body.code).toBe('session.forbidden')
    expect((await add(memberId)).body).toEqual({ done: true })
    expect((await newcomer.call('GET /clerk/me')).stores).toMatchObject([{ storeId }])
    expect(await lastLine()).toMatchObject({
      action: 'staff.give',
      actor: `clerk/${manager.memberId}`,
      subject: `member/${memberId}`,
      text: '任命 小王 为「人民广场店」店员',
    })
    expect((await admin.call('GET /admin/staff')).rows).toContainEqual(
      expect.objectContaining({ memberId, role: 'clerk', storeIds: [storeId] }),
    )
  })

  test('a clerk who is taken off is refused at the next call, also in a visit opened before', async () => {
    const gone = await world.aClerk([storeId, elsewhere])
    const visit = await world.aVisit(gone, await world.aMember(), storeId)
    const lines = [{ name: '茶', quantity: 1, amountFen: 10_00 }]
    const sell = () => gone.ask('POST /clerk/purchases', { visit, storeId, requestId: fresh('draft'), lines })
    expect((await remove(gone.memberId)).body).toEqual({ done: true })
    expect(await sell()).toMatchObject({ status: 403, body: { code: 'store.foreign' } })
    expect((await gone.call('GET /clerk/me')).stores).toMatchObject([{ storeId: elsewhere }])
    expect((await lastLine()).text).toBe('取消 店员 在「人民广场店」的职务')

    const only = await world.aClerk([storeId])
    expect((await only.ask('GET /clerk/day', { storeId })).status).toBe(200)
    await remove(only.memberId)
    expect((await only.ask('GET /clerk/day', { storeId })).body.code).toBe('session.forbidden')
    expect((await admin.call('GET /admin/staff')).rows.map(({ memberId }) => memberId)).not.toContain(only.memberId)
  })

  test('a clerk of another store keeps it when added here, and cannot be taken off there', async () => {
    const other = await world.aClerk([elsewhere])
    await add(other.memberId)
    expect((await other.call('GET /clerk/me')).stores.map((one) => one.storeId)).toEqual([storeId, elsewhere])
    expect((await remove(other.memberId, elsewhere)).body.code).toBe('store.foreign')
    const foreign = await world.aClerk([elsewhere])
    expect((await remove(foreign.memberId)).body.code).toBe('staff.unknown')
    expect((await other.call('GET /clerk/me')).stores).toHaveLength(2)
  })

  test('refuses the manager’s own post and those of other managers, in words', async () => {
    const peer = await world.aClerk([storeId], 'manager')
    for (const act of [add, remove]) {
      expect((await act(manager.memberId)).body).toMatchObject({ code: 'staff.own' })
      expect((await act(peer.memberId)).body).toMatchObject({
        code: 'staff.is-manager',
        text: '「店员」是店长，店长由商家在后台安排',
      })
    }
    expect(await staffAt()).toEqual(expect.arrayContaining([manager.memberId, peer.memberId]))
  })

  test('refuses frozen members, other clerks’ visits, closed stores and strangers', async () => {
    const memberId = await world.aMember()
    const theirs = await world.aVisit(clerk, memberId, storeId)
    const wish = { storeId, requestId: fresh() }
    expect((await manager.ask('POST /clerk/staff', { ...wish, visit: theirs })).body.code).toBe('visit.expired')
    await standing(memberId, 'frozen')
    expect((await add(memberId)).body.code).toBe('member.frozen')
    expect((await remove(99_999_999)).body.code).toBe('staff.unknown')
    expect((await remove(await world.aMember())).body.code).toBe('staff.unknown')
    const closed = await world.aStore('关着的店')
    await givePost(admin, { memberId: manager.memberId, role: 'manager', storeIds: [storeId, closed] })
    await changeStore(admin, { storeId: closed, open: false })
    expect((await add(await world.aMember(), closed)).body.code).toBe('store.closed')
  })

  test('a member merged during the visit is named as at the till (FM23)', async () => {
    const [keptId, doubleId] = [await world.aMember({ nickname: '林小满' }), await world.aMember()]
    const visit = await world.aVisit(manager, doubleId, storeId)
    await admin.call('POST /admin/members/:memberId/merge', {
      memberId: keptId,
      doubleId,
      reason: '同一个人',
      requestId: fresh(),
    })
    const answer = await manager.ask('POST /clerk/staff', { visit, storeId, requestId: fresh() })
    expect(answer.body.code).toBe('member.merged-into')
  })

  test('twenty requests at once make one clerk and one line of the audit log', async () => {
    const memberId = await world.aMember()
    const visit = await world.aVisit(manager, memberId, storeId)
    const send = () => manager.ask('POST /clerk/staff', { visit, storeId, requestId: fresh() })
    const answers = await Promise.all(Array.from({ length: 20 }, send))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    const { rows } = await admin.call('POST /admin/audit-log/search', { action: 'staff.give', limit: 100 })
    expect(rows.filter(({ subject }) => subject === `member/${memberId}`)).toHaveLength(1)
  })
})
