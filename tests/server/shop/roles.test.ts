import { admins } from '@pointbook/server/features/shop/accounts/tables'
import { newToken, sha256 } from '@pointbook/server/platform/secrets'
import { adminSessions } from '@pointbook/server/platform/session/tables'
import type { AdminEndpoint } from '@pointbook/shared/contract/http'
import { contract, type Operation } from '@pointbook/shared/contract/index'
import { addMs, instant } from '@pointbook/shared/day'
import { type BuiltInRole, builtInRoles, type Permission, permissions } from '@pointbook/shared/permissions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let owner: Speaker
let stores: number[]

beforeAll(async () => {
  world = await aWorld()
  owner = await world.asAdmin()
  stores = [await world.aStore('一店'), await world.aStore('二店')]
})
afterAll(() => world.close())

const operations = Object.entries<{ for: string }>(contract).filter(([, endpoint]) => endpoint.for === 'admin') as [
  Operation,
  AdminEndpoint,
][]

/** Somebody who is logged in to the panel with that role. */
async function as(role: string, storeIds: number[] | null = null): Promise<Speaker> {
  const [login, token] = [fresh('login').toLowerCase(), newToken()]
  await world.db.insert(admins).values({ login, name: login.slice(0, 20), role, storeIds, passwordHash: '' })
  const endsAt = addMs(instant(new Date()), 3_600_000)
  await world.db.insert(adminSessions).values({ tokenHash: sha256(token), login, endsAt })
  return world.speaker({ ...owner.headers, cookie: `pointbook_panel=${token}` })
}

const withoutRights = ['account.not-allowed', 'account.confined', 'account.set-up-due']

/** Whether an operation lets a caller in. The input is empty, so that nothing is done. */
async function isOpen(speaker: Speaker, op: Operation): Promise<boolean> {
  if (op === 'DELETE /admin/session') return true
  const { body } = await speaker.ask(op, {})
  return !withoutRights.includes(body.code)
}

describe('operations and roles (M15)', () => {
  test('every operation of the panel names a permission, and some operation needs each permission', () => {
    const named = new Set(operations.map(([, { permission }]) => permission))
    expect([...named].sort()).toEqual([...permissions].sort())
  })

  test.each(Object.keys(builtInRoles) as BuiltInRole[])(
    '%s may use what its permissions name, and nothing else',
    async (role) => {
      const speaker = await as(role)
      const may = new Set<Permission>(['panel.use', ...builtInRoles[role].permissions])
      const open = await Promise.all(operations.map(([op]) => isOpen(speaker, op)))
      expect(operations.filter((_, index) => open[index]).map(([op]) => op)).toEqual(
        operations.filter(([, { permission }]) => may.has(permission)).map(([op]) => op),
      )
      const { operations: told } = await speaker.call('GET /admin/session')
      expect(told).toEqual(operations.filter((_, index) => open[index]).map(([op]) => op))
    },
  )

  test('only the owner manages accounts, and reading changes nothing', () => {
    const holders = Object.entries(builtInRoles).filter(([, role]) =>
      (role.permissions as readonly string[]).includes('accounts.manage'),
    )
    expect(holders.map(([role]) => role)).toEqual(['owner'])
    expect(builtInRoles.reader.permissions.every((permission) => permission.endsWith('.read'))).toBe(true)
    expect(builtInRoles.finance.permissions.every((permission) => permission.endsWith('.read'))).toBe(true)
  })

  test('a refusal names the missing permission', async () => {
    const answer = await (await as('reader')).ask('POST /admin/policies', {})
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'account.not-allowed', text: '您的账号没有「发布积分规则」的权限，需要时请联系店主' },
    })
  })
})

describe('a role of the shop’s own', () => {
  const aRole = (name: string, of: Permission[]) =>
    owner.ask('POST /admin/roles', { name, permissions: of, requestId: fresh() })

  test('allows what it contains, and a change counts at once', async () => {
    const { body } = await aRole('活动专员', ['announcements.read', 'announcements.edit'])
    const speaker = await as(`own/${body.roleId}`)
    expect(await isOpen(speaker, 'POST /admin/announcements')).toBe(true)
    expect(await isOpen(speaker, 'POST /admin/members/search')).toBe(false)
    const { own } = await owner.call('GET /admin/roles')
    const { revision } = own.find(({ roleId }) => roleId === body.roleId)!
    const change = { roleId: body.roleId, name: '活动专员', permissions: ['members.read'], revision }
    expect((await owner.ask('PATCH /admin/roles/:roleId', change)).status).toBe(200)
    expect(await isOpen(speaker, 'POST /admin/announcements')).toBe(false)
    expect(await isOpen(speaker, 'POST /admin/members/search')).toBe(true)
    expect((await owner.ask('DELETE /admin/roles/:roleId', { roleId: body.roleId })).body).toMatchObject({
      code: 'role.in-use',
      detail: { accounts: 1 },
    })
  })

  test.each([['accounts.manage'], ['panel.use'], ['everything'], []])('cannot contain %s', async (...names) => {
    const answer = await aRole('越权', names as Permission[])
    expect(answer.body).toMatchObject({ code: 'input.invalid' })
  })

  test('has a name of its own', async () => {
    expect((await aRole('店主', ['members.read'])).body.code).toBe('role.taken')
    expect((await aRole('培训', ['members.read'])).status).toBe(200)
    expect((await aRole('培训', ['orders.read'])).body.code).toBe('role.taken')
  })

  test('that nobody has can be removed, once', async () => {
    const { body } = await aRole('临时', ['members.read'])
    expect((await owner.ask('DELETE /admin/roles/:roleId', { roleId: body.roleId })).status).toBe(200)
    expect((await owner.ask('DELETE /admin/roles/:roleId', { roleId: body.roleId })).body.code).toBe('role.unknown')
  })
})

describe('an account confined to stores', () => {
  test('sees its own stores, staff and orders', async () => {
    const lead = await as('lead', [stores[0]!])
    const clerk = await world.aClerk([stores[0]!])
    await world.aClerk([stores[1]!])
    expect((await lead.call('GET /admin/stores')).rows.map(({ storeId }) => storeId)).toEqual([stores[0]])
    expect((await lead.call('GET /admin/staff')).rows.map(({ memberId }) => memberId)).toEqual([clerk.memberId])
    const itemId = await world.anItem()
    const memberId = await world.aMember({ points: 500 })
    const member = await world.asMember(memberId)
    const orders = []
    for (const storeId of stores) {
      const wish = { itemId, quantity: 1, storeId, points: 100, requestId: fresh() }
      orders.push((await member.call('POST /mall/redemptions', wish)).order)
    }
    expect((await lead.call('POST /admin/redemptions/search', {})).rows.map(({ orderNo }) => orderNo)).toEqual([
      orders[0]!.orderNo,
    ])
    const cancel = (orderNo: string) =>
      lead.ask('POST /admin/redemptions/:orderNo/cancel', { orderNo, reason: '缺货', requestId: fresh() })
    expect((await cancel(orders[1]!.orderNo)).body.code).toBe('account.other-store')
    expect((await cancel(orders[0]!.orderNo)).status).toBe(200)
  })

  test('arranges no staff of another store, and takes nothing back there', async () => {
    const lead = await as('lead', [stores[0]!])
    const memberId = await world.aMember()
    const give = (storeIds: number[]) =>
      lead.ask('PUT /admin/staff/:memberId', { memberId, role: 'clerk', storeIds, revision: null })
    expect((await give(stores)).body.code).toBe('account.other-store')
    expect((await give([stores[0]!])).status).toBe(200)
    const { memberId: foreign } = await world.aClerk([stores[1]!])
    expect((await lead.ask('DELETE /admin/staff/:memberId', { memberId: foreign })).body.code).toBe(
      'account.other-store',
    )
    const sale = { storeId: stores[1], receiptNo: 'R1' }
    const goods = { ...sale, lines: [{ line: 0, quantity: 1, amountFen: 0 }] }
    for (const [op, input] of [
      ['confirmations', sale],
      ['returns/preview', goods],
    ] as const)
      expect((await lead.ask(`POST /admin/purchases/${op}`, input)).body.code).toBe('account.other-store')
  })

  test('has no operation of the whole shop, whatever its role', async () => {
    const everywhere = operations.filter(([, { confined }]) => !confined)
    const speaker = await as('owner', [stores[0]!])
    for (const [op] of everywhere) expect((await speaker.ask(op, {})).body.code, op).toBe('account.confined')
  })
})
