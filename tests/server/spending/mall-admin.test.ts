import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeItem } from '../../support/edits.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
  storeId = await world.aStore()
})
afterAll(() => world.close())

/** The revision of nothing that is there. */
const NONE = '0'.repeat(16)

const anOffer = (changes: object = {}) => ({
  name: '随行杯',
  category: '生活',
  pictureUrl: '',
  points: 500,
  worthFen: 89_00,
  description: '',
  instructions: '到店领取',
  limitPerMember: null,
  listed: true,
  position: 1,
  stock: 5,
  requestId: fresh(),
  ...changes,
})

async function anOrder(person: { nickname?: string; phone?: string } = {}) {
  const memberId = await world.aMember({ points: 1_000, ...person })
  const member = await world.asMember(memberId)
  const itemId = await world.anItem({ points: 10 })
  const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
  return { memberId, ...(await member.call('POST /mall/redemptions', wish)).order }
}

describe('the merchant', () => {
  it('adds an item once, however often the request is sent', async () => {
    const offer = anOffer({ name: '只此一件' })
    const answers = await Promise.all(Array.from({ length: 5 }, () => admin.call('POST /admin/items', offer)))
    expect(new Set(answers.map(({ itemId }) => itemId)).size).toBe(1)
    expect(answers[0]).toMatchObject({ name: '只此一件', points: 500, stock: 5, redeemed: 0, listed: true })
    const { rows } = await admin.call('GET /admin/items')
    expect(rows.filter(({ name }) => name === '只此一件')).toHaveLength(1)
  })

  it('changes only the given fields of an item', async () => {
    const { itemId } = await admin.call('POST /admin/items', anOffer())
    const changed = await changeItem(admin, { itemId, name: '新杯', limitPerMember: 2 })
    expect(changed).toMatchObject({ name: '新杯', limitPerMember: 2, points: 500, category: '生活', stock: 5 })
    const free = await changeItem(admin, { itemId, limitPerMember: null, listed: false })
    expect(free).toMatchObject({ name: '新杯', limitPerMember: null, listed: false })
  })

  it('adds to the stock and takes from it, never below zero, once a request', async () => {
    const { itemId } = await admin.call('POST /admin/items', anOffer())
    const delivery = { itemId, delta: 10, reason: '到货', requestId: fresh() }
    expect(await admin.call('POST /admin/items/:itemId/stock', delivery)).toEqual({ stock: 15 })
    expect(await admin.call('POST /admin/items/:itemId/stock', delivery)).toEqual({ stock: 15 })
    const tooMuch = { itemId, delta: -16, reason: '盘亏', requestId: fresh() }
    const { status, body } = await admin.ask('POST /admin/items/:itemId/stock', tooMuch)
    expect([status, body.code, body.text]).toEqual([409, 'stock.below-zero', '库存不能小于 0，当前库存 15 件'])
    const { rows } = await admin.call('POST /admin/audit-log/search', { action: 'item.stock' })
    expect(rows.map(({ text }) => text)).toEqual(['「随行杯」库存增加 10 件，现有 15 件：到货'])
  })

  it('finds orders by pick-up code, order number, member and state', async () => {
    const order = await anOrder({ nickname: '林小满' })
    await anOrder({ nickname: '周子墨' })
    const find = async (query: object) =>
      (await admin.call('POST /admin/redemptions/search', query)).rows.map((row) => row.orderNo)
    const grouped = order.pickupCode.replace(/(.{4})/g, '$1 ')
    expect(await find({ q: grouped })).toEqual([order.orderNo])
    expect(await find({ q: '小满' })).toEqual([order.orderNo])
    expect(await find({ q: '100%' })).toEqual([])
    const { requestId, reason } = { requestId: fresh(), reason: '缺货' }
    await admin.call('POST /admin/redemptions/:orderNo/cancel', { orderNo: order.orderNo, requestId, reason })
    expect(await find({ state: 'cancelled' })).toEqual([order.orderNo])
    expect(await find({ state: 'waiting', q: '小满' })).toEqual([])
  })

  it('reads all orders page by page, each once, the newest first', async () => {
    for (let made = 0; made < 5; made++) await anOrder()
    const { total } = await admin.call('POST /admin/redemptions/search', { limit: 1 })
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await admin.call('POST /admin/redemptions/search', { limit: 2, ...(cursor && { cursor }) })
      seen.push(...page.rows.map((row) => row.orderNo))
      cursor = page.next
    }
    expect(seen).toHaveLength(total)
    expect(new Set(seen).size).toBe(total)
  })

  it('hands an order over with its code only', async () => {
    const { orderNo, pickupCode } = await anOrder()
    const wrong = { orderNo, code: '800000000000', requestId: fresh() }
    expect((await admin.ask('POST /admin/redemptions/:orderNo/hand-over', wrong)).body.code).toBe('code.unknown')
    const right = { orderNo, code: pickupCode, requestId: fresh() }
    expect((await admin.call('POST /admin/redemptions/:orderNo/hand-over', right)).state).toBe('handed-over')
  })
})

describe('the mall', () => {
  let shop: Awaited<ReturnType<typeof aWorld>>

  beforeAll(async () => {
    shop = await aWorld()
    const owner = await shop.asAdmin()
    for (const [name, category, points, position] of [
      ['毛巾', '日用', 500, 3],
      ['拿铁', '饮品', 300, 1],
      ['USB 小风扇', '电器', 2000, 2],
      ['美式', '饮品', 300, 4],
    ] as const)
      await owner.call('POST /admin/items', anOffer({ name, category, points, position, requestId: fresh() }))
    await owner.call('POST /admin/items', anOffer({ name: '旧款', category: '清仓', listed: false }))
  })
  afterAll(() => shop.close())

  const names = async (query: object = {}) =>
    (await shop.anyone().call('GET /mall/items', query)).rows.map(({ name }) => name)

  it('shows listed items only, in the merchant’s order, with the categories that have any', async () => {
    const { categories, rows } = await shop.anyone().call('GET /mall/items', {})
    expect(rows.map(({ name }) => name)).toEqual(['拿铁', 'USB 小风扇', '毛巾', '美式'])
    expect(categories).toEqual(['饮品', '电器', '日用'])
  })

  it('filters by category, words and points, whatever the case', async () => {
    expect(await names({ category: '饮品' })).toEqual(['拿铁', '美式'])
    expect(await names({ q: 'usb' })).toEqual(['USB 小风扇'])
    expect(await names({ q: '%' })).toEqual([])
    expect(await names({ maxPoints: 500 })).toEqual(['拿铁', '毛巾', '美式'])
  })

  it.each(['recommended', 'points', 'newest', 'popular'] as const)(
    'continues by cursor when sorted by %s',
    async (sort) => {
      const all = await names({ sort })
      expect(all).toHaveLength(4)
      const seen: string[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await shop.anyone().call('GET /mall/items', { sort, limit: 1, ...(cursor && { cursor }) })
        seen.push(...page.rows.map(({ name }) => name))
        cursor = page.next
      }
      expect(seen).toEqual(all)
    },
  )

  it('sorts by points from the cheapest and by newness from the latest', async () => {
    expect(await names({ sort: 'points' })).toEqual(['拿铁', '美式', '毛巾', 'USB 小风扇'])
    expect(await names({ sort: 'newest' })).toEqual(['美式', 'USB 小风扇', '拿铁', '毛巾'])
  })

  it('shows one item to a visitor, and to a member how many they took', async () => {
    const [first] = (await shop.anyone().call('GET /mall/items', { limit: 1 })).rows
    const { itemId } = first!
    const member = await shop.asMember(await shop.aMember())
    expect((await shop.anyone().call('GET /mall/items/:itemId', { itemId })).takenByMe).toBeNull()
    expect((await member.call('GET /mall/items/:itemId', { itemId })).takenByMe).toBe(0)
    const forged = shop.speaker({ authorization: 'Bearer not.a.token' })
    expect((await forged.call('GET /mall/items/:itemId', { itemId })).takenByMe).toBeNull()
  })
})

describe('bad input', () => {
  const visitor: [string, object][] = [
    ['GET /mall/items', { cursor: 'x' }],
    ['GET /mall/items', { sort: 'cheapest' }],
    ['GET /mall/items', { limit: 0 }],
    ['GET /mall/items/:itemId', { itemId: 'abc' }],
  ]
  it.each(visitor)('%s refuses %j', async (op, input) => {
    const { status, body } = await world.anyone().ask(op, input)
    expect([status, body.code]).toEqual([400, 'input.invalid'])
  })

  const member: [string, object][] = [
    ['POST /mall/redemptions', { itemId: 1, quantity: 0, storeId: 1, requestId: 'abcdefgh' }],
    ['POST /mall/redemptions', { itemId: 1, quantity: '1', storeId: 1, requestId: 'abcdefgh' }],
    ['POST /mall/redemptions', { itemId: 1, quantity: 1, storeId: 1 }],
    ['GET /me/redemptions', { cursor: '-1' }],
    ['GET /me/redemptions/:orderNo', { orderNo: '1' }],
    ['POST /me/redemptions/:orderNo/cancel', { orderNo: '1-1', requestId: 'short' }],
  ]
  it.each(member)('%s refuses %j', async (op, input) => {
    const { status, body } = await (await world.asMember(await world.aMember())).ask(op, input)
    expect([status, body.code]).toEqual([400, 'input.invalid'])
  })

  const merchant: [string, object][] = [
    ['POST /admin/items', anOffer({ points: 0 })],
    ['POST /admin/items', anOffer({ pictureUrl: 'https://elsewhere.example/a.png' })],
    ['POST /admin/items', anOffer({ name: ' ' })],
    ['PATCH /admin/items/:itemId', { itemId: 1, stock: 5, revision: NONE }],
    ['POST /admin/items/:itemId/stock', { itemId: 1, delta: 1.5, reason: 'a', requestId: 'abcdefgh' }],
    ['POST /admin/redemptions/search', { cursor: '2026' }],
    ['POST /admin/redemptions/search', { state: 'lost' }],
    ['POST /admin/redemptions/:orderNo/hand-over', { orderNo: '1-1', code: 'abcd', requestId: 'abcdefgh' }],
  ]
  it.each(merchant)('%s refuses %j', async (op, input) => {
    const { status, body } = await admin.ask(op, input)
    expect([status, body.code]).toEqual([400, 'input.invalid'])
  })

  it.each([
    ['GET /admin/items', {}],
    ['POST /mall/redemptions', { itemId: 1, quantity: 1, storeId: 1, requestId: 'abcdefgh' }],
    ['POST /clerk/pickups', { code: '800000000000', storeId: 1, requestId: 'abcdefgh' }],
  ])('%s asks a stranger to log in', async (op, input) => {
    expect((await world.anyone().ask(op, input)).status).toBe(401)
  })

  it('refuses items, orders and codes that do not exist', async () => {
    const clerk = await world.aClerk([storeId])
    const unknown = async (who: Speaker, op: string, input: object) => (await who.ask(op, input)).body.code
    const requestId = 'abcdefgh'
    expect(await unknown(admin, 'PATCH /admin/items/:itemId', { itemId: 99_999, name: 'a', revision: NONE })).toBe(
      'item.unknown',
    )
    const restock = { itemId: 99_999, delta: 1, reason: 'a', requestId }
    expect(await unknown(admin, 'POST /admin/items/:itemId/stock', restock)).toBe('item.unknown')
    const cancel = { orderNo: '1-1', reason: 'a', requestId }
    expect(await unknown(admin, 'POST /admin/redemptions/:orderNo/cancel', cancel)).toBe('order.unknown')
    const pickup = { code: '899999999999', storeId, requestId }
    expect(await unknown(clerk, 'POST /clerk/pickups', pickup)).toBe('code.unknown')
  })
})

describe('an item and its line in the audit log', () => {
  /** The database takes no line of the audit log. */
  async function withoutLog(work: () => Promise<void>) {
    await world.db.execute('RENAME TABLE audit_log TO audit_log_away')
    try {
      await work()
    } finally {
      await world.db.execute('RENAME TABLE audit_log_away TO audit_log')
    }
  }

  it('are written together or not at all (FR4)', async () => {
    const item = await admin.call('POST /admin/items', anOffer({ name: '原来的' }))
    const { itemId, revision } = item
    const add = anOffer({ name: '加不进去' })
    const change = { itemId, revision, name: '改不了', points: 1 }
    const stock = { itemId, delta: 3, reason: '到货', requestId: fresh() }
    const all = [
      ['POST /admin/items', add],
      ['PATCH /admin/items/:itemId', change],
      ['POST /admin/items/:itemId/stock', stock],
    ] as const
    const rows = async () => (await admin.call('GET /admin/items')).rows
    const before = await rows()
    await withoutLog(async () => {
      for (const [op, input] of all) expect((await admin.ask(op, input)).status).toBe(500)
      expect(await rows()).toEqual(before)
    })
    for (const [op, input] of [...all, all[0], all[2]]) expect((await admin.ask(op, input)).status).toBe(200)
    const [changed] = (await rows()).filter((one) => one.itemId === itemId)
    expect(changed).toMatchObject({ name: '改不了', points: 1, stock: 8 })
    const log = await admin.call('POST /admin/audit-log/search', { q: 'item/' })
    const own = log.rows.filter(({ text }) => /加不进去|原来的|改不了/.test(text)).map(({ text }) => text)
    expect(own).toEqual(
      expect.arrayContaining([
        '新增商品「加不进去」，500 分，库存 5 件',
        '修改商品「原来的」',
        '「改不了」库存增加 3 件，现有 8 件：到货',
        '新增商品「原来的」，500 分，库存 5 件',
      ]),
    )
    expect(own).toHaveLength(4)
  })
})
