import { beforeAll, describe, expect, it } from 'vitest'
import { anAccount } from '../../support/accounts.ts'
import { changeRules } from '../../support/approvals.ts'
import { aPolicy } from '../../support/policies.ts'
import { inAStaffedShop, admin as owner, world } from '../../support/staffed-shop.ts'
import { fresh, publish, type Speaker } from '../../support/world.ts'

inAStaffedShop()

let manager: Speaker

beforeAll(async () => {
  manager = await anAccount(world, 'manager')
  await changeRules(owner, { policy: true })
})

const named = (name: string) => ({ ...aPolicy(), name })
const latest = async () => (await owner.call('GET /admin/policy')).latest

async function waiting(by: Speaker, name: string, more: object = {}) {
  const { approvalId } = (await publish(by, named(name), more)).body.waiting
  const detail = await owner.call('GET /admin/approvals/:approvalId', { approvalId })
  return { approvalId, detail, approval: { approvalId, decision: 'approve', reason: '', figures: detail.figures } }
}
const decide = (by: Speaker, input: object) =>
  by.ask('POST /admin/approvals/:approvalId/decision', { requestId: fresh(), ...input })

describe('the publication of a policy (M15)', () => {
  it('waits where the shop demands a second person, who sees the whole policy, and is then published under both names', async () => {
    const before = await latest()
    const { draftRevision } = await manager.call('GET /admin/policy')
    await manager.call('PUT /admin/policy/draft', { draft: named('新规则'), revision: draftRevision })
    const { detail, approval } = await waiting(manager, '新规则')
    expect(await latest()).toBe(before)
    expect(detail).toMatchObject({
      kind: 'policy',
      policy: { name: '新规则' },
      figures: { basedOn: before },
      member: null,
    })
    expect((await decide(manager, approval)).body.code).toBe('approval.own')
    expect((await decide(owner, approval)).body).toEqual({ state: 'approved', outcome: `已发布为第 ${before + 1} 版` })
    const { rows } = await owner.call('GET /admin/policies')
    expect(rows[0]).toMatchObject({
      version: before + 1,
      name: '新规则',
      publishedBy: '王经理（管理员审批）',
      state: 'in-force',
    })
    expect((await owner.call('GET /admin/policy')).draft).toBeNull()
    const line = (await owner.call('POST /admin/audit-log/search', { action: 'policy.publish', limit: 1 })).rows[0]
    expect(line?.text).toBe(`发布积分规则第 ${before + 1} 版：试一试（管理员审批）`)
  })

  it('waits for the owner too', async () => {
    const { approval } = await waiting(owner, '店主的规则')
    expect((await decide(owner, approval)).body.code).toBe('approval.own')
    expect((await decide(manager, approval)).body.state).toBe('approved')
  })

  it('ends when another version was published meanwhile', async () => {
    const [one, other] = [await waiting(manager, '甲'), await waiting(manager, '乙')]
    expect((await decide(owner, one.approval)).body.state).toBe('approved')
    const { obstacle } = await owner.call('GET /admin/approvals/:approvalId', { approvalId: other.approvalId })
    expect(obstacle).toBe('已有人发布了新版本，请刷新后再修改')
    expect((await decide(owner, other.approval)).body).toEqual({ state: 'ended', outcome: obstacle })
  })

  it('ends when its time has passed meanwhile', async () => {
    const effectiveAt = new Date(Date.parse(world.clock.now()) + 3_600_000).toISOString()
    const { approval } = await waiting(manager, '明天的规则', { effectiveAt })
    world.clock.travelDays(1)
    expect((await decide(owner, approval)).body).toEqual({ state: 'ended', outcome: '生效时间不能早于现在' })
  })

  it('is refused at once when it has a fault', async () => {
    const before = await latest()
    expect((await publish(manager, named('过时'), { basedOn: before - 1 })).body.code).toBe('policy.outdated')
  })

  it('of two deciders at the same time is published once', async () => {
    const before = await latest()
    const { approval } = await waiting(manager, '只发一次')
    const owners = [owner, await anAccount(world, 'owner', { name: '李店主' })]
    const answers = await Promise.all(owners.flatMap((by) => [decide(by, approval), decide(by, approval)]))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await latest()).toBe(before + 1)
  })
})
