import { demoPolicy } from '@pointbook/config/policies/demo'
import { firstPolicy } from '@pointbook/config/policies/first'
import { general } from '@pointbook/config/policies/general'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeSettings, changeStore } from '../../support/edits.ts'
import { unnamedIn } from '../../support/log-details.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const freeze = (memberId: number, standing: 'active' | 'frozen', reason: string) =>
  admin.call('POST /admin/members/:memberId/standing', { memberId, standing, reason, requestId: fresh() })
const recordOf = (memberId: number) => admin.call('GET /admin/members/:memberId', { memberId })
const lineOf = async (action: string) =>
  (await admin.call('POST /admin/audit-log/search', { action, limit: 1 })).rows[0]!

describe('a line of the audit log', () => {
  it('names the actor and the member (FM15)', async () => {
    const memberId = await world.aMember({ nickname: '林小满' })
    await freeze(memberId, 'frozen', '待核实')
    expect(await lineOf('member.standing')).toMatchObject({ actorName: '管理员', subjectName: '林小满' })
    expect((await recordOf(memberId)).log[0]).toMatchObject({ actorName: '管理员' })
  })

  it('names a store and an item, and no person without a name (FM15)', async () => {
    const storeId = await world.aStore('滨江店')
    await changeStore(admin, { storeId, hours: '全天' })
    expect(await lineOf('store.change')).toMatchObject({ subjectName: '滨江店' })
    const itemId = await world.anItem({ name: '帆布袋' })
    await admin.call('POST /admin/items/:itemId/stock', { itemId, delta: 1, reason: '到货', requestId: fresh() })
    expect(await lineOf('item.stock')).toMatchObject({ subjectName: '帆布袋' })
    await changeSettings(admin, { name: '云朵咖啡', notice: '', servicePhone: '', cards: false })
    expect(await lineOf('settings.change')).toMatchObject({ subjectName: '' })
  })
})

describe('the detail of a line', () => {
  const detailOf = async (action: string) => JSON.parse((await lineOf(action)).detail)

  it('contains the post that a clerk lost, and the balance before an adjustment (FM15)', async () => {
    const [memberId, storeId] = [await world.aMember(), await world.aStore()]
    await admin.call('PUT /admin/staff/:memberId', { memberId, role: 'manager', storeIds: [storeId], revision: null })
    await admin.call('DELETE /admin/staff/:memberId', { memberId })
    expect(await detailOf('staff.take')).toEqual({
      before: { role: 'manager', storeIds: [storeId] },
      after: { role: null, storeIds: [] },
    })
    await admin.call('POST /admin/members/:memberId/adjustments', {
      memberId,
      points: 30,
      reason: '补',
      requestId: fresh(),
    })
    await admin.call('POST /admin/members/:memberId/adjustments', {
      memberId,
      points: -10,
      reason: '错',
      requestId: fresh(),
    })
    expect(await detailOf('points.adjust')).toEqual({ before: { balance: 30 }, after: { balance: 20 } })
  })

  it('is named field by field, of a look-up and a merge too (FM15)', async () => {
    const [storeId, keptId, doubleId] = [await world.aStore(), await world.aMember(), await world.aMember()]
    const clerk = await world.aClerk([storeId])
    await clerk.call('POST /clerk/look-ups', { storeId, member: { memberNo: String(keptId).padStart(8, '0') } })
    const merge = { memberId: keptId, doubleId, reason: '同一个人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    const { rows } = await admin.call('POST /admin/audit-log/search', { limit: 50 })
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['member.look-up', 'member.merge', 'staff.take']),
    )
    for (const { action, detail } of rows) expect([action, unnamedIn(detail)]).toEqual([action, []])
  })
})

describe('the record of a frozen member', () => {
  it('says when, by whom and why the account was frozen, and nothing once it is not (FM22)', async () => {
    const memberId = await world.aMember()
    expect((await recordOf(memberId)).frozen).toBeNull()
    await freeze(memberId, 'frozen', '小票待核实')
    const at = world.clock.now()
    expect((await recordOf(memberId)).frozen).toEqual({ at, by: '管理员', reason: '小票待核实' })
    await freeze(memberId, 'active', '核实无误')
    expect((await recordOf(memberId)).frozen).toBeNull()
  })

  it('names the case that froze it (FM22)', async () => {
    const memberId = await world.aMember()
    const opened = { memberIds: [memberId], reason: '同一小票多次退货', freeze: true, requestId: fresh() }
    const { caseId } = await admin.call('POST /admin/cases', opened)
    expect((await recordOf(memberId)).frozen).toMatchObject({
      by: '管理员',
      reason: `同一小票多次退货（调查 ${caseId}）`,
    })
  })
})

describe('a shop that has just opened', () => {
  it('begins with the plain preset, and only a demo with the demo’s rules (FM17)', () => {
    expect(firstPolicy({ ...world.env, mode: 'production' })).toBe(general.policy)
    expect(firstPolicy({ ...world.env, mode: 'demo' })).toBe(demoPolicy)
  })

  it('shows the number of items in the mall, so that an empty mall has no sufficient stock (FM17)', async () => {
    const { listedItems } = await admin.call('GET /admin/dashboard')
    await world.anItem()
    await world.anItem({ listed: false })
    expect((await admin.call('GET /admin/dashboard')).listedItems).toBe(listedItems + 1)
  })
})
