import { stores } from '@pointbook/server/features/shop/stores/tables'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { asc } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeSettings, changeStore, givePost } from '../../support/edits.ts'
import { fresh } from '../../support/server.ts'
import { aWorld, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
beforeEach(async () => {
  await world.db.delete(stores)
  await world.db.delete(auditLog)
})
afterAll(() => world.close())

/** The revision of nothing that is there. */
const NONE = '0'.repeat(16)
const aRevision = expect.stringMatching(/^[0-9a-f]{16}$/)

const log = () => world.db.select().from(auditLog).orderBy(asc(auditLog.id))
const aStoreInput = (more: object = {}) => ({
  name: '人民广场店',
  address: '人民路 1 号',
  hours: '09:00–21:30',
  open: true,
  requestId: fresh(),
  ...more,
})
const refused = (answer: { status: number; body: { code: string; detail: { fields: { field: string }[] } } }) => ({
  status: answer.status,
  code: answer.body.code,
  field: answer.body.detail.fields[0]!.field,
})

describe('the shop', () => {
  test('shows itself to anyone: name, day, open stores, templates, and that it is a demo', async () => {
    const { storeId } = await admin.call('POST /admin/stores', aStoreInput())
    await admin.call('POST /admin/stores', aStoreInput({ name: '停用的店', open: false }))
    expect(await world.anyone().call('GET /shop')).toEqual({
      name: '积分簿',
      notice: '',
      servicePhone: '',
      cards: false,
      demo: true,
      now: world.clock.now(),
      today: '2026-03-02',
      offsetMinutes: 480,
      stores: [{ storeId, name: '人民广场店', address: '人民路 1 号', hours: '09:00–21:30' }],
      templates: { expiry: 'demo-expiry-template', pickup: 'demo-pickup-template' },
    })
  })

  test('stores the merchant’s name, notice and service phone, with an audit log line', async () => {
    const settings = { name: '小满咖啡', notice: '周三会员日\n双倍积分', servicePhone: '400-800 1234', cards: true }
    await changeSettings(admin, settings)
    expect(await admin.call('GET /admin/settings')).toMatchObject(settings)
    expect(await world.anyone().call('GET /shop')).toMatchObject(settings)
    expect(await log()).toMatchObject([{ action: 'settings.change', actor: `admin/${world.env.adminLogin}` }])
  })

  test.each([
    ['name', ''],
    ['name', '一'.repeat(21)],
    ['notice', '一'.repeat(201)],
    ['servicePhone', 'call me'],
    ['logo', 'x'],
  ])('refuses %s = %j by name', async (field, value) => {
    const answer = await admin.ask('PUT /admin/settings', {
      name: '店',
      notice: '',
      servicePhone: '',
      cards: false,
      revision: NONE,
      [field]: value,
    })
    expect(refused(answer)).toEqual({ status: 400, code: 'input.invalid', field })
  })
})

describe('stores', () => {
  test('are added, shown and logged', async () => {
    const { requestId, ...input } = aStoreInput()
    const added = await admin.call('POST /admin/stores', { ...input, requestId })
    expect(added).toEqual({ storeId: expect.any(Number), ...input, revision: aRevision })
    expect(await admin.call('GET /admin/stores')).toEqual({ rows: [added] })
    expect(await log()).toMatchObject([
      { action: 'store.add', subject: `store/${added.storeId}`, text: '新增门店「人民广场店」' },
    ])
  })

  test('are added once a request, however often it is sent', async () => {
    const input = aStoreInput()
    expect(await admin.call('POST /admin/stores', input)).toEqual(await admin.call('POST /admin/stores', input))
    expect((await admin.call('GET /admin/stores')).rows).toHaveLength(1)
    const other = await admin.ask('POST /admin/stores', { ...input, name: '另一家店' })
    expect(other).toMatchObject({ status: 409, body: { code: 'move.key-reused' } })
  })

  test('change only in the given fields, and only real changes are logged', async () => {
    const { storeId } = await admin.call('POST /admin/stores', aStoreInput())
    await admin.call('POST /admin/stores', aStoreInput({ name: '另一家店' }))
    const changed = await changeStore(admin, { storeId, hours: '全天', name: '人民广场店' })
    expect(changed).toMatchObject({ storeId, name: '人民广场店', hours: '全天', open: true })
    await changeStore(admin, { storeId, hours: '全天' })
    await changeStore(admin, { storeId, open: false })
    await changeStore(admin, { storeId, open: true })
    const lines = (await log()).slice(2)
    expect(lines.map(({ text }) => text)).toEqual([
      '修改门店「人民广场店」',
      '停用门店「人民广场店」',
      '启用门店「人民广场店」',
    ])
    expect(lines[0]!.detail).toBe('{"before":{"hours":"09:00–21:30"},"after":{"hours":"全天"}}')
  })

  test('may all be closed, and the audit log names the consequence', async () => {
    const { storeId } = await admin.call('POST /admin/stores', aStoreInput())
    await changeStore(admin, { storeId, open: false })
    expect((await log()).at(-1)!.text).toBe('停用门店「人民广场店」（已没有营业中的门店，会员暂时无法到店兑换）')
    expect((await world.anyone().call('GET /shop')).stores).toEqual([])
  })

  test('that do not exist cannot be changed', async () => {
    const answer = await admin.ask('PATCH /admin/stores/:storeId', { storeId: 999_999, open: false, revision: NONE })
    expect(answer).toMatchObject({ status: 404, body: { code: 'store.unknown' } })
  })

  test.each([
    ['name', ' '],
    ['name', '一'.repeat(31)],
    ['address', '一'.repeat(101)],
    ['hours', 9],
    ['open', 'yes'],
    ['requestId', ''],
    ['id', 7],
  ])('refuse %s = %j by name', async (field, value) => {
    const answer = await admin.ask('POST /admin/stores', aStoreInput({ [field]: value }))
    expect(refused(answer)).toEqual({ status: 400, code: 'input.invalid', field })
  })
})

describe('staff', () => {
  test('are appointed, moved and dismissed, each with a log line of the member', async () => {
    const [one, two] = [await world.aStore('一店'), await world.aStore('二店')]
    const memberId = await world.aMember({ nickname: '陈店员' })
    await givePost(admin, { memberId, role: 'clerk', storeIds: [one, one] })
    expect((await admin.call('GET /admin/staff')).rows).toEqual([
      {
        memberId,
        memberNo: String(memberId),
        nickname: '陈店员',
        phoneMasked: '',
        role: 'clerk',
        storeIds: [one],
        since: world.clock.now(),
        revision: aRevision,
      },
    ])
    const since = world.clock.now()
    world.clock.travelDays(1)
    await givePost(admin, { memberId, role: 'manager', storeIds: [two] })
    expect((await admin.call('GET /admin/staff')).rows).toMatchObject([{ role: 'manager', storeIds: [two], since }])
    await admin.call('DELETE /admin/staff/:memberId', { memberId })
    expect((await admin.call('GET /admin/staff')).rows).toEqual([])
    expect((await log()).map(({ subject, text }) => `${subject} ${text}`)).toEqual([
      `member/${memberId} 任命 陈店员 为店员，共 1 家门店`,
      `member/${memberId} 任命 陈店员 为店长，共 1 家门店`,
      `member/${memberId} 取消 陈店员 的职务`,
    ])
  })

  test('must be members and work at stores that exist', async () => {
    const [storeId, memberId] = [await world.aStore(), await world.aMember()]
    const give = (more: object) =>
      admin.ask('PUT /admin/staff/:memberId', { memberId, role: 'clerk', storeIds: [storeId], revision: null, ...more })
    expect((await give({ memberId: 99_999_999 })).body.code).toBe('member.unknown')
    expect((await give({ storeIds: [storeId, 999_999] })).body.code).toBe('store.unknown')
    expect((await give({ storeIds: [] })).body.code).toBe('input.invalid')
    expect((await give({ role: 'owner' })).body.code).toBe('input.invalid')
    expect((await give({ memberId: 'x' })).body.code).toBe('input.invalid')
    expect((await admin.call('GET /admin/staff')).rows).toEqual([])
  })

  test('who are not staff cannot be dismissed', async () => {
    const answer = await admin.ask('DELETE /admin/staff/:memberId', { memberId: await world.aMember() })
    expect(answer).toMatchObject({ status: 404, body: { code: 'staff.unknown' } })
  })
})

describe('the audit log', () => {
  beforeEach(async () => {
    const line = (action: string, text: string) => ({
      at: world.clock.now(),
      actor: 'admin/demo' as const,
      action,
      subject: 'store/1' as const,
      text,
      detail: '',
    })
    await world.db
      .insert(auditLog)
      .values([line('store.add', '新增门店'), line('store.change', '涨价 100%'), line('store.change', '降价 10_0')])
  })
  const texts = async (query: object) =>
    (await admin.call('POST /admin/audit-log/search', query)).rows.map(({ text }) => text)

  test('is read newest first, page by page', async () => {
    const first = await admin.call('POST /admin/audit-log/search', { limit: 2 })
    expect(first.rows.map(({ text }) => text)).toEqual(['降价 10_0', '涨价 100%'])
    const second = await admin.call('POST /admin/audit-log/search', { limit: 2, cursor: first.next! })
    expect(second.rows.map(({ text }) => text)).toEqual(['新增门店'])
    expect(second.next).toBeNull()
    expect(second.actions).toEqual(['store.add', 'store.change'])
  })

  test('is searched by action and by literal words', async () => {
    expect(await texts({ action: 'store.add' })).toEqual(['新增门店'])
    expect(await texts({ q: '门店' })).toEqual(['新增门店'])
    expect(await texts({ q: 'ADMIN/' })).toHaveLength(3)
    expect(await texts({ q: '0%' })).toEqual(['涨价 100%'])
    expect(await texts({ q: '0_0' })).toEqual(['降价 10_0'])
    expect(await texts({ q: "' OR 1=1 -- " })).toEqual([])
  })

  test.each([{ cursor: 'abc' }, { cursor: '-1' }, { limit: 0 }, { limit: 101 }, { limit: 'x' }, { q: 'x'.repeat(41) }])(
    'refuses %j',
    async (query) => {
      expect(await admin.ask('POST /admin/audit-log/search', query)).toMatchObject({
        status: 400,
        body: { code: 'input.invalid' },
      })
    },
  )
})
