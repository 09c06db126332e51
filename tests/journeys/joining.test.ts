import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aStage, type Phone, type Stage } from './stage.ts'

/** Zhou Zimo has long been a member; Lin Xiaoman comes by the invitation. */
describe('a visitor becomes a member', { timeout: 90_000 }, () => {
  let stage: Stage
  let xiaoman: Phone
  let zimo: Phone
  let invitation: string

  beforeAll(async () => {
    stage = await aStage()
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  test('looks at the mall and the rules without logging in (G9)', async () => {
    xiaoman = await stage.aPhone('林小满')
    await xiaoman.sees('加入会员')
    await xiaoman.sees('点单时请出示会员码，积分记到您名下')
    await xiaoman.keeps('1-1-home-of-a-visitor')
    await xiaoman.tab('商城')
    await xiaoman.taps('巴斯克芝士蛋糕')
    await xiaoman.sees('每日现烤，外焦里嫩，冷藏后风味更佳。')
    await xiaoman.sees('立即兑换')
    await xiaoman.keeps('1-2-item-of-a-visitor')
    await xiaoman.back()
    await xiaoman.sees('任选拿铁一杯')
    await xiaoman.tab('首页')
    await xiaoman.taps('积分规则')
    await xiaoman.sees('成为会员，送 50 分')
    await xiaoman.sees('好友通过您的邀请注册并完成首次消费后，您得 20 分，好友得 10 分')
    await xiaoman.keeps('1-3-rules')
  })

  test('a friend who shares gets no points for the share itself', async () => {
    zimo = await stage.aPhone('周子墨')
    const before = await stage.pointsOf('周子墨')
    await zimo.taps('邀请好友')
    await zimo.sees('分享本身不发积分；好友退掉得奖的那笔消费，奖励会收回，再有符合条件的消费会重新发放。')
    await zimo.keeps('1-4-invitation')
    await zimo.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await zimo.taps('发给微信好友')
    await zimo.hears('演示：邀请链接已复制，可用另一部手机打开')
    invitation = await zimo.page.evaluate<string>('navigator.clipboard.readText()')
    await stage.settle()
    expect(await stage.pointsOf('周子墨')).toBe(before)
  })

  test('signs up from the invitation by WeChat alone, and sees the registration points on top of the page (FP11)', async () => {
    await xiaoman.opens(new URL(invitation).hash.slice(1))
    await xiaoman.page.reload()
    await xiaoman.taps('加入会员')
    await xiaoman.sees('好友邀请您加入，奖励按积分规则发放')
    await xiaoman.types('选填，可用微信昵称', '小满')
    await xiaoman.taps('我已满 14 周岁')
    await xiaoman.taps('我已阅读并同意')
    await xiaoman.keeps('1-5-sign-up')
    await xiaoman.taps('手机号快捷加入')
    await xiaoman.sees('申请获取并验证你的手机号')
    await xiaoman.keeps('1-6-phone-number')
    await xiaoman.taps('允许')
    await xiaoman.hears('欢迎加入，50 积分已到账')
    await xiaoman.sees('小满')
    await xiaoman.keeps('1-7-home-of-a-member')
    await xiaoman.tab('我的')
    await expect.poll(() => xiaoman.balance()).toBe(50)
  })

  test('the friend is rewarded after the first purchase, not before, and once', async () => {
    const before = await stage.pointsOf('周子墨')
    await stage.settle()
    await zimo.page.reload()
    await zimo.sees('好友已注册，首次消费后发放奖励')
    expect(await stage.pointsOf('周子墨')).toBe(before)

    await stage.sells('小满', 68_00)
    await zimo.page.reload()
    await zimo.sees('奖励 20 分已到账')
    await zimo.keeps('1-8-friend-rewarded')
    expect(await stage.pointsOf('周子墨')).toBe(before + 20)
    await stage.sells('小满', 25_00)
    expect(await stage.pointsOf('周子墨')).toBe(before + 20)

    await zimo.opens('/member/inbox/index')
    await zimo.sees('感谢您邀请「小满」，奖励的 20 分已到账。')
    await zimo.keeps('1-9-inbox')
    await xiaoman.taps('积分明细')
    await xiaoman.sees('受邀新人礼')
  })
})
