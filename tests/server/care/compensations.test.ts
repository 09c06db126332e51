import { send } from '@pointbook/server/book/events'
import { decideCase } from '@pointbook/server/features/care/cases/moves'
import { caseMembersTable } from '@pointbook/server/features/care/cases/tables'
import { compensate } from '@pointbook/server/features/care/compensations/moves'
import { compensatedTable, compensations } from '@pointbook/server/features/care/compensations/tables'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const reason = '收银故障，积分晚到账'
const named = (...memberIds: number[]) => ({ by: 'members' as const, memberNos: memberIds.map(String) })

/** A member whose membership has been cancelled. */
async function aFormerMember(): Promise<number> {
  const memberId = await world.aMember()
  await world.db.insert(caseMembersTable).values({ caseId: 999, memberId, decision: '', takenPoints: 0 })
  const verdict = {
    caseId: 999,
    memberId,
    decision: 'cancelled' as const,
    reason: '违规',
    points: 0,
    actor: 'system' as const,
  }
  await world.book.make(decideCase, verdict)
  return memberId
}

describe('compensating for a fault of the system (H2, G7, E14)', () => {
  it('shows recipients and total before', async () => {
    const [first, second, former] = [await world.aMember(), await world.aMember(), await aFormerMember()]
    const whom = {
      by: 'members' as const,
      memberNos: [`000${first}`, String(first), String(second), String(former), '77777777'],
    }
    const preview = await admin.call('POST /admin/compensations/preview', { whom, points: 30 })
    expect(preview).toEqual({ members: 2, points: 60, unknown: ['77777777'], cancelled: 1 })
    expect((await world.account(first)).balance).toBe(0)
  })

  it('reaches the record that a double was merged into, once, by number and by purchase (FM23)', async () => {
    const storeId = await world.aStore('湖滨店')
    const [keptId, doubleId] = [await world.aMember(), await world.aMember()]
    await world.buy(await world.aClerk([storeId]), doubleId, storeId, [10_00])
    const merge = { memberId: keptId, doubleId, reason: '同一个人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    const { balance } = await world.account(keptId)
    const { today } = await world.anyone().call('GET /shop')
    const bought = { by: 'purchases' as const, storeId, on: today }
    for (const whom of [named(doubleId), named(keptId, doubleId), bought]) {
      const preview = await admin.call('POST /admin/compensations/preview', { whom, points: 30 })
      expect(preview).toEqual({ members: 1, points: 30, unknown: [], cancelled: 0 })
    }
    await admin.call('POST /admin/compensations', { whom: bought, points: 30, reason, requestId: fresh() })
    await world.settle()
    expect((await world.account(keptId)).balance).toBe(balance + 30)
  })

  it('reaches the record that a listed member is merged into before their turn, once (FM23)', async () => {
    const [keptId, doubleId] = [await world.aMember(), await world.aMember()]
    const fault = { reason, points: 30, madeAt: world.clock.now(), madeBy: 'admin/demo' as const }
    const [{ insertId: compensationId }] = await world.db.insert(compensations).values(fault)
    await world.db.insert(compensatedTable).values({ compensationId, memberId: doubleId, state: 'waiting' })
    const merge = { memberId: keptId, doubleId, reason: '同一个人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    await send(world.db, 'compensation.due', { compensationId }, world.clock.now())
    await world.settle()
    expect((await world.account(keptId)).balance).toBe(30)
    const [row] = await world.db.select().from(compensatedTable).where(eq(compensatedTable.memberId, doubleId))
    expect(row!.state).toBe('given')
    expect((await world.audit()).passed).toBe(true)
  })

  it('gives points once when the list was read before a merge (FM23)', async () => {
    const [keptId, doubleId] = [await world.aMember(), await world.aMember()]
    const listed = { compensationId: 501, memberId: doubleId, points: 30, reason, actor: 'admin/demo' as const }
    await world.db.insert(compensatedTable).values({ compensationId: 501, memberId: doubleId, state: 'waiting' })
    await world.book.make(compensate, { ...listed, heirId: doubleId })
    const merge = { memberId: keptId, doubleId, reason: '同一个人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    await world.book.make(compensate, { ...listed, heirId: keptId })
    expect((await world.account(keptId)).balance).toBe(30)
    const late = { ...listed, compensationId: 502, heirId: doubleId }
    await expect(world.book.make(compensate, late)).rejects.toMatchObject({ code: 'member.merged' })
  })

  it('gives each member the points once, with the reason', async () => {
    const memberIds = [await world.aMember(), await world.aMember()]
    const wish = { whom: named(...memberIds), points: 30, reason, requestId: fresh() }
    const first = await admin.call('POST /admin/compensations', wish)
    expect(await admin.call('POST /admin/compensations', wish)).toEqual(first)
    await world.settle()
    for (const memberId of memberIds) {
      const member = await world.asMember(memberId)
      expect((await world.account(memberId)).balance).toBe(30)
      expect((await member.call('GET /me/entries', {})).rows).toMatchObject([{ title: `补偿：${reason}`, delta: 30 }])
      expect((await member.call('GET /me/messages', {})).rows[0]!.body).toBe(
        `很抱歉给您带来了不便：${reason}。问题已经修复，补偿的 30 分已到账。`,
      )
    }
    const { rows } = await admin.call('GET /admin/compensations', {})
    expect(rows[0]).toMatchObject({ ...first, reason, members: 2, given: 2, leftOut: 0 })
  })

  it('reaches exactly the members who bought at a store on a business day', async () => {
    const [storeId, otherStore] = [await world.aStore(), await world.aStore('滨江店')]
    const clerk = await world.aClerk([storeId, otherStore])
    const [buyer, elsewhere, later] = [await world.aMember(), await world.aMember(), await world.aMember()]
    await world.buy(clerk, buyer, storeId, [10_00])
    await world.buy(clerk, buyer, storeId, [20_00])
    await world.buy(clerk, elsewhere, otherStore, [10_00])
    world.clock.travelDays(1)
    await world.buy(clerk, later, storeId, [10_00])
    const whom = { by: 'purchases' as const, storeId, on: '2026-03-02' }
    expect(await admin.call('POST /admin/compensations/preview', { whom, points: 5 })).toMatchObject({ members: 1 })
    await admin.call('POST /admin/compensations', { whom, points: 5, reason, requestId: fresh() })
    await world.settle()
    const balances = await Promise.all([buyer, elsewhere, later].map(async (id) => (await world.account(id)).balance))
    expect(balances).toEqual([35, 10, 10])
  })

  it('continues after a crash, for any number of members', async () => {
    const memberIds: number[] = []
    for (let count = 0; count < 300; count++) memberIds.push(await world.aMember())
    const wish = { whom: named(...memberIds), points: 7, reason, requestId: fresh() }
    const { compensationId } = await admin.call('POST /admin/compensations', wish)
    // The server gave some members their points and died before it could take the message off.
    const [actor, some] = ['admin/demo' as const, memberIds.slice(100, 200)]
    await Promise.all(
      some.map((memberId) =>
        world.book.make(compensate, { compensationId, memberId, heirId: memberId, points: 7, reason, actor }),
      ),
    )
    await world.settle()
    const balances = await Promise.all(memberIds.map(async (memberId) => (await world.account(memberId)).balance))
    expect(new Set(balances)).toEqual(new Set([7]))
  })

  it('leaves out members whose membership ended meanwhile, and refuses an empty list', async () => {
    const former = await aFormerMember()
    const nobody = await admin.ask('POST /admin/compensations', {
      whom: named(former),
      points: 5,
      reason,
      requestId: fresh(),
    })
    expect(nobody.body.code).toBe('compensation.nobody')
    await world.db.insert(compensatedTable).values({ compensationId: 500, memberId: former, state: 'waiting' })
    await world.book.make(compensate, {
      compensationId: 500,
      memberId: former,
      heirId: former,
      points: 5,
      reason,
      actor: 'system' as const,
    })
    const [row] = await world.db
      .select()
      .from(compensatedTable)
      .where(and(eq(compensatedTable.compensationId, 500), eq(compensatedTable.memberId, former)))
    expect(row!.state).toBe('left-out')
    expect((await world.audit()).passed).toBe(true)
  })
})
