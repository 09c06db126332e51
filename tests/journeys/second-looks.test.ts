import { demoPolicy } from '@pointbook/config/policies/demo'
import { policies } from '@pointbook/server/book/tables'
import { staff, staffStores } from '@pointbook/server/features/shop/staff/tables'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fresh } from '../support/server.ts'
import { aStage, type Phone, type Stage } from './stage.ts'

/** A day left out is made up for; an invitation that looks odd is looked at. */
describe('make-ups and held rewards', { timeout: 90_000 }, () => {
  let stage: Stage
  let member: Phone

  beforeAll(async () => {
    stage = await aStage()
    const makeUp = { price: 10, daysBack: 7, perMonth: 3 }
    await stage.db.insert(policies).values({
      version: 1_000,
      name: '可以补签',
      note: '',
      document: { ...demoPolicy, checkIn: { ...demoPolicy.checkIn, makeUp } },
      publishedAt: stage.clock.now(),
      publishedBy: 'system',
      effectiveAt: stage.clock.now(),
    })
    stage.clock.set('2026-03-10T04:00:00.000Z')
    member = await stage.aMemberPhone('林小满')
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const checksIn = async () => {
    await member.taps(/^签到领 \d+ 分$/)
    await member.hears(/^签到成功/)
  }
  const daysPass = async (days: number) => {
    stage.clock.travelDays(days)
    await member.page.reload()
  }

  test('the calendar shows a missed day with price and points, and the member makes up for it', async () => {
    await member.taps('每日签到')
    await checksIn()
    await daysPass(2)
    await checksIn()
    await daysPass(0)
    await member.sees(/本月还可补 3 次。$/)
    await member.keeps('11-1-missed')
    const before = await stage.pointsOf('林小满')
    await member.taps('补签')
    await member.sees('补签 2026年3月11日')
    await member.sees('用 10 分补签')
    await member.page.waitForTimeout(400)
    await member.keeps('11-2-make-up')
    await member.taps('用 10 分补签')
    await member.sees('补签成功，获得 10 分，已连续签到 3 天')
    await member.sees(/本月还可补 2 次|^漏签可以补签/)
    await member.keeps('11-3-made-up')
    expect(await stage.pointsOf('林小满')).toBe(before - 10 + 10)
  })

  test('a referral reward is held when the inviter recorded the purchase, and the merchant approves it', async () => {
    const { stores } = await stage.anyone().call('GET /shop')
    const { storeId } = stores[0]!
    const inviter = await stage.memberNamed('林小满')
    await stage.db.insert(staff).values({ memberId: inviter, role: 'clerk', since: stage.clock.now() })
    await stage.db.insert(staffStores).values({ memberId: inviter, storeId })
    const clerk = await stage.asMember(inviter)
    const friend = await joins('沈嘉禾', (await clerk.call('GET /me/invitation')).inviteCode)
    await stage.buy(clerk, friend, storeId, [60_00])
    await stage.settle()

    await member.opens('/member/invite/index')
    await member.sees('商家正在核实，通过后发放奖励')
    await member.keeps('11-4-held')
    const panel = await stage.thePanel('/referrals')
    await panel.page.getByLabel('账号', { exact: true }).fill('demo')
    await panel.page.getByLabel('密码', { exact: true }).fill('demo-password')
    await panel.page.getByRole('button', { name: /登\s*录/ }).click()
    await panel.sees('自己收银')
    await panel.keeps('11-5-review')
    await panel.page.getByRole('button', { name: /通\s*过/ }).click()
    await panel.page.getByLabel('原因', { exact: true }).fill('核对过小票，确是两位顾客')
    await panel.keeps('11-6-approve')
    await panel.page
      .getByRole('dialog')
      .getByRole('button', { name: /通\s*过/ })
      .click()
    await panel.sees('没有待审核的邀请')
    await stage.settle()
    await member.page.reload()
    await member.sees(/^奖励 \d+ 分已到账$/)
  })

  async function joins(name: string, inviteCode: string): Promise<number> {
    const { openid } = (await stage.people()).find((person) => person.name === name)!
    const ticket = { signUpTicket: await stage.aTicket(openid), phoneCode: await stage.phoneCode(openid) }
    const requestId = fresh('sign-up')
    await stage.anyone().call('POST /members', { ...ticket, nickname: name, inviteCode, agreed: true, requestId })
    await stage.settle()
    return stage.memberNamed(name)
  }
})
