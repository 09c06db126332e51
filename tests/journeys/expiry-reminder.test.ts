import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aStage, type Phone, type Stage } from './stage.ts'

/** Step 7. Everything was earned on 2 March 2026 and may be spent until 2 March 2027. */
describe('points that are about to expire', { timeout: 90_000 }, () => {
  let stage: Stage
  let member: Phone

  beforeAll(async () => {
    stage = await aStage()
    member = await stage.aMemberPhone('林小满')
    await stage.sells('林小满', 68_00)
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const points = () => stage.pointsOf('林小满')

  test('the member asks for a reminder with a tap and accepts WeChat’s question', async () => {
    await member.page.reload()
    await member.sees(/^148 分.*3月2日到期$/)
    await member.taps('到期前提醒我')
    await member.sees('申请发送一次以下消息')
    await member.sees('积分到期提醒')
    await member.keeps('7-1-question')
    await member.taps('允许')
    await member.sees('已开启提醒')
    await member.keeps('7-2-asked')
  })

  test('a WeChat message a week before names the points, their last day and an item', async () => {
    stage.clock.travelDays(357)
    await stage.runs('expiry-reminders')
    expect(await stage.received(member.openid)).toEqual([])
    stage.clock.travelDays(1)
    await stage.runs('expiry-reminders')
    const [message, ...others] = await stage.received(member.openid)
    expect(others).toEqual([])
    expect(message?.values).toMatchObject({ number1: '148', date2: '2027-03-02', thing3: '满 50 减 10 代金券' })
  })

  test('the inbox has the same message, and the next run of the job sends none again (C9)', async () => {
    await stage.runs('expiry-reminders')
    expect(await stage.received(member.openid)).toHaveLength(1)
    await member.opens('/member/inbox/index')
    await member.sees('积分快到期了')
    await member.sees(/^您有 148 分将在 .*到期，当天仍可使用。现在可以兑换「满 50 减 10 代金券」。$/)
    await expect.poll(() => member.one('积分快到期了').count()).toBe(1)
    await member.keeps('7-3-inbox')
  })

  test('points can be used on the last day, and not on the day after', async () => {
    stage.clock.travelDays(7)
    await stage.runs('expire-points')
    expect(await points()).toBe(148)
    stage.clock.travelDays(1)
    await stage.runs('expire-points')
    expect(await points()).toBe(0)
  })

  test('the expiry is in the ledger and in the inbox (C10)', async () => {
    await member.page.reload()
    await member.sees('有积分到期了')
    await member.sees('148 分已过有效期，自动失效。可在积分明细里查看。')
    await member.keeps('7-4-expired-inbox')
    await member.taps('有积分到期了')
    await member.sees('积分到期')
    await member.sees('−148')
    await member.keeps('7-5-expired-ledger')
    await member.opens('/pages/me/index')
    await expect.poll(() => member.balance()).toBe(0)
  })
})
