import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { changeRules } from '../support/approvals.ts'
import { aStage, type Phone, type Stage } from './stage.ts'

const REASON = '原因（会员会看到），例如：补记昨天漏记的消费'

/** A store manager runs the store from the phone. */
describe('a store manager', { timeout: 90_000 }, () => {
  let stage: Stage
  let member: Phone
  let clerk: Phone
  let manager: Phone
  let admin: Awaited<ReturnType<Stage['asAdmin']>>

  beforeAll(async () => {
    stage = await aStage()
    admin = await stage.asAdmin()
    member = await stage.aMemberPhone('林小满')
    clerk = await stage.aPhone('陈店员')
    manager = await stage.aPhone('王店长')
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const points = () => stage.pointsOf('林小满')

  const aCode = async () => (await (await stage.asMember(await stage.memberNamed('林小满'))).call('GET /me/code')).code

  async function finds(code: string) {
    await manager.types('或输入手机号、会员号', code)
    await manager.taps('查找')
  }

  test('sees the store today, and who did what (FT6)', async () => {
    await stage.sells('林小满', 88_00)
    await manager.opens('/clerk/home/index')
    await manager.taps('门店管理')
    await manager.sees('每个人今天做的')
    await manager.sees('1 张小票')
    await manager.sees('¥88.00')
    await manager.keeps('14-1-store-today')
  })

  test('makes a member a clerk, who works at once, and ends it again (FT6)', async () => {
    await manager.taps('员工')
    await manager.sees('添加店员')
    await finds(await aCode())
    await manager.sees('让林小满当店员？')
    await manager.keeps('14-2-add-clerk')
    await manager.taps('设为店员')
    await manager.sees('林小满现在是店员了')
    await member.opens('/clerk/home/index')
    await member.sees('人民广场店')
    await manager.keeps('14-3-staff')
    await manager.taps('移出', -1)
    await manager.sees('把林小满移出这家店？')
    await manager.taps('移出门店')
    await manager.sees('已把林小满移出门店')
    await member.page.reload()
    await member.sees('您现在不是店员')
    stage.expects('403 GET /clerk/me')
    await manager.back()
  })

  test('adjusts a member’s points with a reason that the member reads (FT6, H8)', async () => {
    const before = await points()
    await manager.taps('调整积分')
    await manager.sees('给谁调整')
    await finds(await aCode())
    await manager.types('多少积分', '50')
    await manager.types(REASON, '补记昨天漏记的消费')
    await manager.sees('调整后')
    await manager.keeps('14-4-adjusting')
    await manager.taps('确认调整')
    await manager.sees('给林小满增加 50 分？')
    await manager.taps('增加 50 分', -1)
    await manager.sees('已给林小满增加')
    await manager.keeps('14-5-adjusted')
    expect(await points()).toBe(before + 50)
    await member.opens('/member/ledger/index')
    await member.sees(/补记昨天漏记的消费/)
  })

  test('hands in what is above the limit, for the merchant (FT6, FS7)', async () => {
    const before = await points()
    await manager.taps('再调一位')
    await finds(await aCode())
    await manager.types('多少积分', '600')
    await manager.types(REASON, '投诉补偿')
    await manager.sees(/一次调整超过 500 分/)
    await manager.keeps('14-6-above-limit')
    await manager.taps('提交审批')
    await manager.sees('提交审批？')
    await manager.taps('提交')
    await manager.sees('已提交审批')
    expect(await points()).toBe(before)
    await manager.taps('完成')
    const { rows } = await admin.call('GET /admin/approvals', {})
    const { approvalId } = rows[0]!
    const { figures } = await admin.call('GET /admin/approvals/:approvalId', { approvalId })
    const decision = { approvalId, decision: 'approve' as const, reason: '', figures: figures!, requestId: 'journey-1' }
    await admin.call('POST /admin/approvals/:approvalId/decision', decision)
    expect(await points()).toBe(before + 600)
  })

  test('approves a clerk’s large purchase, and the member gets the points (FT6, FS7)', async () => {
    await changeRules(admin, { purchaseFen: 1_000_00 })
    const before = await points()
    await clerk.opens('/clerk/home/index')
    await clerk.types('扫不了？输入码下方的数字', await aCode())
    await clerk.taps('确定')
    await clerk.types('0.00', '1200')
    await clerk.sees(/^¥1,?200\.00$/)
    await clerk.taps(/^(提交审批|确认记账)$/)
    await clerk.sees('已提交审批')
    await clerk.keeps('14-8-handed-in')
    expect(await points()).toBe(before)
    await manager.opens('/clerk/home/index')
    await manager.sees(/^\d 笔等您审批$/)
    await manager.keeps('14-9-badge')
    await manager.taps('门店管理')
    await manager.taps('审批')
    await manager.taps(/1,?200\.00/)
    await manager.sees('同意')
    await manager.keeps('14-10-approval')
    await manager.taps('同意')
    await manager.sees('同意这个申请？')
    await manager.taps('同意并执行')
    await manager.sees('处理的人')
    expect(await points()).toBeGreaterThan(before)
  })
})
