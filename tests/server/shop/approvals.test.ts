import { adminRoles, admins } from '@pointbook/server/features/shop/accounts/tables'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anAccount } from '../../support/accounts.ts'
import { changeRules } from '../../support/approvals.ts'
import { inAStaffedShop, admin as owner, world } from '../../support/staffed-shop.ts'
import { fresh, NOON } from '../../support/world.ts'

inAStaffedShop()

type Account = Awaited<ReturnType<typeof anAccount>>

const adjustmentOf = (memberId: number, points: number) => ({ memberId, points, reason: '补登', requestId: fresh() })
const ask = (speaker: { ask: Account['ask'] }, wish: ReturnType<typeof adjustmentOf>) =>
  speaker.ask('POST /admin/members/:memberId/adjustments', wish)

/** Something that waits: its id, and the figures that its detail shows. */
async function waiting(by: Account, memberId: number, points = 600) {
  const { approvalId } = (await ask(by, adjustmentOf(memberId, points))).body.waiting
  const { figures } = await owner.call('GET /admin/approvals/:approvalId', { approvalId })
  return { approvalId, decision: 'approve' as const, reason: '', figures: figures ?? {} }
}

const decide = (speaker: { ask: Account['ask'] }, input: object) =>
  speaker.ask('POST /admin/approvals/:approvalId/decision', { requestId: fresh(), ...input })
const balanceOf = async (memberId: number) => (await world.account(memberId)).balance

let manager: Account

beforeAll(async () => {
  manager = await anAccount(world, 'manager')
  await changeRules(owner, { adjustPoints: { owner: null, manager: 500, ownRole: 100, storeManager: null } })
})
beforeEach(() => world.clock.set(NOON))

describe('the rules of approvals (FS7, M15)', () => {
  it('ask for nothing in a new shop, and are in force at once', async () => {
    const before = await owner.call('GET /admin/approval-rules')
    expect(before).toMatchObject({
      policy: false,
      purchaseFen: null,
      deciders: { adjustment: 2, policy: 2, purchase: 2 },
    })
    expect(await manager.call('GET /admin/approval-needs')).toEqual({ adjustPoints: 500, policy: false })
    expect(await owner.call('GET /admin/approval-needs')).toEqual({ adjustPoints: null, policy: false })
  })

  it('are not made stricter while nobody else could decide: a shop with one account is not locked out', async () => {
    await world.db.update(admins).set({ active: false }).where(eq(admins.login, manager.login))
    const rules = { adjustPoints: { owner: 1_000, manager: 500, ownRole: 100, storeManager: null } }
    await expect(changeRules(owner, rules)).rejects.toMatchObject({ status: 409, code: 'approval.nobody' })
    await expect(changeRules(owner, { policy: true })).rejects.toMatchObject({ code: 'approval.nobody' })
    await world.db.update(admins).set({ active: true }).where(eq(admins.login, manager.login))
    await changeRules(owner, { policy: true })
    await changeRules(owner, { policy: false })
  })

  it('do not count an account that has not chosen its password, or that is confined to stores', async () => {
    const away = { active: false }
    await world.db.update(admins).set(away).where(eq(admins.login, manager.login))
    const invited = { login: fresh('login').toLowerCase(), name: '新同事', role: 'manager', storeIds: null }
    await owner.call('POST /admin/accounts', { ...invited, requestId: fresh() })
    await anAccount(world, 'manager', { storeIds: [await world.aStore('分店')] })
    await expect(changeRules(owner, { policy: true })).rejects.toMatchObject({ code: 'approval.nobody' })
    await world.db.update(admins).set({ active: true }).where(eq(admins.login, manager.login))
  })

  it('refuse an older window, and leave a line in the audit log', async () => {
    const { deciders: _, revision, ...rules } = await owner.call('GET /admin/approval-rules')
    await owner.call('PUT /admin/approval-rules', { ...rules, purchaseFen: 900_00, revision })
    const older = { ...rules, purchaseFen: 800_00, revision }
    expect((await owner.ask('PUT /admin/approval-rules', older)).body.code).toBe('edit.outdated')
    const { rows } = await owner.call('POST /admin/audit-log/search', { action: 'approval.rules', limit: 1 })
    expect(JSON.parse(rows[0]!.detail)).toEqual({ before: { purchaseFen: null }, after: { purchaseFen: 900_00 } })
    await changeRules(owner, { purchaseFen: null })
  })
})

describe('an adjustment above the limit (M15)', () => {
  it('of exactly the limit is made at once, of one point more waits, in both directions', async () => {
    const memberId = await world.aMember({ points: 2_000 })
    expect((await ask(manager, adjustmentOf(memberId, 500))).body).toMatchObject({ balance: 2_500 })
    expect((await ask(manager, adjustmentOf(memberId, -500))).body).toMatchObject({ balance: 2_000 })
    for (const points of [501, -501])
      expect(await ask(manager, adjustmentOf(memberId, points))).toMatchObject({
        status: 200,
        body: { waiting: { because: '一次调整超过 500 分' } },
      })
    expect(await balanceOf(memberId)).toBe(2_000)
    expect((await ask(owner, adjustmentOf(memberId, 5_000))).body).toMatchObject({ balance: 7_000 })
  })

  it('has one limit for all roles of the shop’s own', async () => {
    const [{ insertId }] = await world.db
      .insert(adminRoles)
      .values({ name: '客服组长', permissions: ['points.adjust'] })
    const helper = await anAccount(world, `own/${insertId}`)
    const memberId = await world.aMember()
    expect((await ask(helper, adjustmentOf(memberId, 100))).body).toMatchObject({ balance: 100 })
    const { body } = await ask(helper, adjustmentOf(memberId, 101))
    const { approvalId } = body.waiting
    expect((await helper.call('GET /admin/approvals')).rows).toMatchObject([
      { approvalId, own: true, state: 'waiting' },
    ])
    expect((await decide(helper, { approvalId, decision: 'refuse', reason: '不' })).body.code).toBe(
      'account.not-allowed',
    )
  })

  it('shows what would happen, and happens once a second person agrees, under both names', async () => {
    const memberId = await world.aMember({ points: 1_000, nickname: '林小满' })
    const { approvalId, figures } = await waiting(manager, memberId)
    const detail = await owner.call('GET /admin/approvals/:approvalId', { approvalId })
    expect(detail).toMatchObject({
      kind: 'adjustment',
      title: '增加 600 分：补登',
      askedBy: '王经理',
      member: { memberId, nickname: '林小满' },
      own: false,
      bar: '',
      obstacle: '',
    })
    expect(figures).toEqual({ points: 600, balance: 1_600 })
    expect(detail.facts).toContainEqual({ label: '余额', before: '1,000 分', value: '1,600 分' })
    const { body } = await decide(owner, { approvalId, decision: 'approve', reason: '核对过小票', figures })
    expect(body).toEqual({ state: 'approved', outcome: '已调整，余额 1,600 分' })
    expect(await balanceOf(memberId)).toBe(1_600)
    const seen = (await manager.call('GET /admin/approvals', { state: 'done' })).rows[0]
    expect(seen).toMatchObject({ approvalId, state: 'approved', decidedBy: '管理员', reason: '核对过小票', own: true })
    const { rows } = await owner.call('POST /admin/audit-log/search', { q: `member/${memberId}` })
    expect(rows.map(({ actor, text }) => [actor, text])).toEqual(
      expect.arrayContaining([
        [`admin/${manager.login}`, '提交审批：增加 600 分：补登'],
        [`admin/${manager.login}`, '增加 600 分：补登（管理员审批）'],
        [`admin/${world.server.env.adminLogin}`, '同意王经理的申请：增加 600 分：补登（核对过小票）'],
      ]),
    )
  })

  it('is refused as the adjustment itself would be, and does not wait then', async () => {
    const memberId = await world.aMember({ points: 10 })
    expect((await ask(manager, adjustmentOf(memberId, -501))).body.code).toBe('points.overdrawn')
    const changed = { ...adjustmentOf(memberId, 501), balance: 500 }
    expect((await ask(manager, changed)).body.code).toBe('adjustment.changed')
    expect((await ask(manager, adjustmentOf(1, 501))).body.code).toBe('member.unknown')
  })

  it('sent again waits once, and another one under its request id is refused', async () => {
    const memberId = await world.aMember()
    const wish = adjustmentOf(memberId, 700)
    const first = await ask(manager, wish)
    expect((await ask(manager, wish)).body).toEqual(first.body)
    expect((await ask(manager, { ...wish, points: 701 })).body.code).toBe('move.key-reused')
    await changeRules(owner, { adjustPoints: { owner: null, manager: null, ownRole: 100, storeManager: null } })
    expect((await ask(manager, wish)).body).toEqual(first.body)
    expect(await balanceOf(memberId)).toBe(0)
    await changeRules(owner, { adjustPoints: { owner: null, manager: 500, ownRole: 100, storeManager: null } })
  })
})

describe('a decision (M15)', () => {
  it('is never the asker’s own', async () => {
    const memberId = await world.aMember()
    const { approvalId, figures } = await waiting(manager, memberId)
    const own = await manager.call('GET /admin/approvals/:approvalId', { approvalId })
    expect(own).toMatchObject({ own: true, bar: '自己提交的申请，或为自己的消费提交的申请，要由另一个人审批' })
    for (const decision of ['approve', 'refuse'])
      expect(await decide(manager, { approvalId, decision, reason: '同意', figures })).toMatchObject({
        status: 403,
        body: { code: 'approval.own' },
      })
    expect(await balanceOf(memberId)).toBe(0)
  })

  it('needs its permission and that of what it carries out', async () => {
    const { approvalId, figures } = await waiting(manager, await world.aMember())
    for (const role of ['service', 'finance', 'reader']) {
      const { body } = await decide(await anAccount(world, role), {
        approvalId,
        decision: 'approve',
        reason: '',
        figures,
      })
      expect(body.code).toBe('account.not-allowed')
    }
    const lead = await anAccount(world, 'lead', { storeIds: [1] })
    expect((await decide(lead, { approvalId, decision: 'approve', reason: '', figures })).body).toMatchObject({
      code: 'account.not-allowed',
      text: expect.stringContaining('调整积分'),
    })
    expect((await lead.ask('GET /admin/approvals/:approvalId', { approvalId })).body.code).toBe('approval.unknown')
    expect((await lead.call('GET /admin/approvals')).rows).toEqual([])
  })

  it('that refuses says why, changes nothing and is final', async () => {
    const memberId = await world.aMember()
    const { approvalId, figures } = await waiting(manager, memberId)
    const refusal = { approvalId, decision: 'refuse', reason: '' }
    expect((await decide(owner, refusal)).body.code).toBe('approval.reason-missing')
    expect((await decide(owner, { ...refusal, reason: '没有凭证' })).body).toEqual({
      state: 'refused',
      outcome: '没有凭证',
    })
    expect(await decide(owner, { approvalId, decision: 'approve', reason: '', figures })).toMatchObject({
      status: 409,
      body: { code: 'approval.decided', text: '管理员已经拒绝了这个申请，不用再处理' },
    })
    expect(await balanceOf(memberId)).toBe(0)
  })

  it('is for the figures that were shown: others, or none, are refused with the present ones', async () => {
    const memberId = await world.aMember()
    const { approvalId, figures } = await waiting(manager, memberId)
    await ask(owner, adjustmentOf(memberId, 7))
    for (const shown of [figures, undefined])
      expect(await decide(owner, { approvalId, decision: 'approve', reason: '', figures: shown })).toMatchObject({
        status: 409,
        body: { code: 'approval.changed', detail: { figures: { points: 600, balance: 607 } } },
      })
    const now = (await owner.call('GET /admin/approvals/:approvalId', { approvalId })).figures
    expect((await decide(owner, { approvalId, decision: 'approve', reason: '', figures: now })).body.state).toBe(
      'approved',
    )
    expect(await balanceOf(memberId)).toBe(607)
  })

  it('that comes too late for the operation ends the approval with the reason, which both see', async () => {
    const memberId = await world.aMember({ points: 600 })
    const { approvalId, figures } = await waiting(manager, memberId, -600)
    await ask(owner, adjustmentOf(memberId, -100))
    const detail = await owner.call('GET /admin/approvals/:approvalId', { approvalId })
    expect(detail).toMatchObject({ figures: null, obstacle: '最多只能扣减 500 分' })
    const ended = await decide(owner, { approvalId, decision: 'approve', reason: '', figures })
    expect(ended.body).toEqual({ state: 'ended', outcome: '最多只能扣减 500 分' })
    const seen = await manager.call('GET /admin/approvals/:approvalId', { approvalId })
    expect(seen).toMatchObject({ state: 'ended', outcome: '最多只能扣减 500 分', decidedBy: '管理员' })
    expect((await decide(owner, { approvalId, decision: 'approve', reason: '', figures })).body.code).toBe(
      'approval.ended',
    )
    expect(await balanceOf(memberId)).toBe(500)
  })

  it('does not carry out what its asker may no longer do', async () => {
    const asker = await anAccount(world, 'manager', { name: '陈经理' })
    const { approvalId, figures } = await waiting(asker, await world.aMember())
    await world.db.update(admins).set({ active: false }).where(eq(admins.login, asker.login))
    const { body } = await decide(owner, { approvalId, decision: 'approve', reason: '', figures })
    expect(body).toEqual({ state: 'ended', outcome: '提交的账号已停用，或不再有这项权限' })
  })

  it('sent again has one effect and the same answer', async () => {
    const memberId = await world.aMember()
    const input = { ...(await waiting(manager, memberId)), requestId: fresh() }
    const first = await decide(owner, input)
    expect((await decide(owner, input)).body).toEqual(first.body)
    expect(await balanceOf(memberId)).toBe(600)
  })

  it('of many people at the same time is one: the others read who decided', async () => {
    const memberId = await world.aMember()
    const { approvalId, figures } = await waiting(manager, memberId)
    const others = await Promise.all(
      Array.from({ length: 5 }, (_, index) => anAccount(world, 'owner', { name: `店主${index}` })),
    )
    const answers = await Promise.all(
      others.flatMap((other) =>
        (['approve', 'refuse', 'approve', 'approve'] as const).map((decision) =>
          decide(other, { approvalId, decision, reason: '看过', figures }),
        ),
      ),
    )
    const made = answers.filter(({ status }) => status === 200)
    expect(made).toHaveLength(1)
    const { decidedBy } = await owner.call('GET /admin/approvals/:approvalId', { approvalId })
    for (const { status, body } of answers.filter((answer) => answer !== made[0]))
      expect({ status, text: body.text }).toEqual({ status: 409, text: expect.stringContaining(`${decidedBy}已经`) })
    expect(await balanceOf(memberId)).toBe(made[0]!.body.state === 'approved' ? 600 : 0)
  })
})

describe('a withdrawal (M15)', () => {
  it('is the asker’s alone, and final', async () => {
    const memberId = await world.aMember()
    const { approvalId, figures } = await waiting(manager, memberId)
    const withdraw = (speaker: { ask: Account['ask'] }) =>
      speaker.ask('POST /admin/approvals/:approvalId/withdrawal', { approvalId, requestId: fresh() })
    expect(await withdraw(owner)).toMatchObject({ status: 403, body: { code: 'approval.not-own' } })
    expect((await withdraw(manager)).body).toEqual({ state: 'withdrawn', outcome: '' })
    expect((await withdraw(manager)).body).toMatchObject({
      code: 'approval.decided',
      text: '王经理已经撤回了这个申请，不用再处理',
    })
    expect((await decide(owner, { approvalId, decision: 'approve', reason: '', figures })).body.code).toBe(
      'approval.decided',
    )
    expect(await balanceOf(memberId)).toBe(0)
  })
})

describe('the list of approvals (M15)', () => {
  it('has what waits apart from what is done, by pages, newest first, and counts what waits for the caller', async () => {
    const memberId = await world.aMember()
    const before = await owner.call('GET /admin/approvals-count')
    const ids: number[] = []
    for (let index = 0; index < 5; index++) {
      world.clock.travel(60_000)
      ids.unshift((await waiting(manager, memberId)).approvalId)
    }
    expect(await owner.call('GET /admin/approvals-count')).toEqual({ ...before, toDecide: before.toDecide + 5 })
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const page: { rows: { approvalId: number }[]; next: string | null } = await owner.call('GET /admin/approvals', {
        limit: 2,
        ...(cursor ? { cursor } : {}),
      })
      seen.push(...page.rows.map(({ approvalId }) => approvalId))
      cursor = page.next
    } while (cursor && seen.length < 5)
    expect(seen.slice(0, 5)).toEqual(ids)
    const done = (await owner.call('GET /admin/approvals', { state: 'done', limit: 100 })).rows
    expect(done.some(({ approvalId, state }) => state === 'waiting' || ids.includes(approvalId))).toBe(false)
    const reader = await anAccount(world, 'reader')
    expect(await reader.call('GET /admin/approvals-count')).toEqual({ toDecide: 0, own: 0 })
    expect((await manager.call('GET /admin/approvals-count')).own).toBeGreaterThanOrEqual(5)
  })
})
