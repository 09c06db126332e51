import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aStage, type Panel, type Phone, type Stage } from './stage.ts'

const logIn = async (panel: Panel) => {
  await panel.page.getByLabel('账号').fill('demo')
  await panel.page.getByLabel('密码', { exact: true }).fill('demo-password')
  await panel.page.getByRole('button', { name: /登\s*录/ }).click()
}

/** Lin Xiaoman joins by the preview, and decides about her data until she leaves (Law9, Law10). */
describe('a member decides what happens with their data', { timeout: 90_000 }, () => {
  let stage: Stage
  let me: Phone

  beforeAll(async () => {
    stage = await aStage()
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  test('somebody under 14 sends a link to a guardian, who consents with a phone of their own (Law9)', async () => {
    const child = await stage.aPhone('林小满', '/member/sign-up/index')
    await child.taps('手机号快捷加入')
    await child.hears('请先选择是否已满 14 周岁')
    await child.taps('未满 14 周岁')
    await child.sees('先请监护人同意')
    await child.keeps('14-1-under-14')
    await child.taps('生成给监护人的链接')
    await child.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await child.taps('发给监护人')
    await child.hears('演示：邀请链接已复制，可用另一部手机打开')
    await child.keeps('14-2-link')
    const link = await child.page.evaluate<string>('navigator.clipboard.readText()')

    const guardian = await stage.aPhone('周子墨', new URL(link).hash.slice(1))
    await guardian.sees('会收集什么')
    await guardian.keeps('14-3-guardian')
    await guardian.taps('用手机号确认同意')
    await guardian.hears('请先阅读并同意协议')
    await guardian.taps('我是孩子的监护人，已阅读并同意')
    await guardian.taps('用手机号确认同意')
    await guardian.taps('允许')
    await guardian.sees('请孩子回到小程序的加入页，一天之内完成加入')
    await guardian.keeps('14-4-confirmed')

    await child.taps('监护人同意了，刷新')
    await child.sees('监护人已同意')
    await child.keeps('14-5-allowed')
    await child.types('选填，可用微信昵称', '小满')
    await child.taps('我已阅读并同意')
    await child.taps('手机号快捷加入')
    await child.taps('允许')
    await child.hears('欢迎加入，50 积分已到账')
    await child.opens('/member/privacy/index')
    await child.sees('14 周岁以下的会员没有个性化优惠。')
    await child.keeps('14-6-privacy-of-a-child')
    me = child
  })

  test('the merchant sees the consent of the guardian in the record', async () => {
    const panel = await stage.thePanel(`/members/${await stage.memberNamed('小满')}`)
    await logIn(panel)
    await panel.sees('监护人已同意')
    await panel.keeps('14-7-record')
  })

  const turns = (purpose: string) => me.page.getByRole('button', { name: purpose }).filter({ visible: true }).tap()

  test('a purpose is refused after its consequences were read (Law9)', async () => {
    await me.opens('/member/privacy/index')
    await me.sees('信息用来做什么')
    await turns('微信提醒')
    await me.sees('关闭「微信提醒」？')
    await me.keeps('14-8-refusing')
    await me.taps('关闭')
    await me.hears('已关闭')
    await me.sees(/拒绝（第 1 版）$/)
    await me.taps('同意与拒绝的记录')
    await me.sees('拒绝「微信提醒」')
    await me.keeps('14-9-history')
    await turns('微信提醒')
    await me.hears('已打开')
    await me.sees('同意「微信提醒」')
  })

  test('a birthday is deleted when its use is refused (Law9)', async () => {
    const speaker = await stage.asMember(await stage.memberNamed('小满'))
    await speaker.call('POST /me/profile', { birthday: '05-20' })
    await me.page.reload()
    await me.sees('信息用来做什么')
    await turns('生日礼')
    await me.taps('同时删除我的生日（以后要再填，请联系本店）')
    await me.keeps('14-10-birthday')
    await me.taps('关闭')
    await me.hears('已关闭')
    expect((await speaker.call('GET /me')).profile.birthday).toBeNull()
  })

  test('a new version of the agreement is asked for, and can wait (Law9)', async () => {
    const panel = await stage.thePanel('/settings')
    await logIn(panel)
    await panel.types('例如：积分不与其他门店品牌通用', '会员日另有安排，以店内公告为准。')
    await panel.types('例如：写明了积分不与其他品牌通用', '增加了会员日的约定')
    await panel.keeps('14-11-agreement-in-the-panel')
    await panel.clicks('发布新的一版')
    await panel.hears('已发布第 2 版')

    await me.opens('/pages/home/index')
    await me.page.reload()
    await me.sees('会员协议有了新的一版')
    await me.sees('有变化的地方：增加了会员日的约定。')
    await me.keeps('14-12-new-version')
    await me.taps('暂不同意')
    await me.seesNo('会员协议有了新的一版')
    expect(await stage.pointsOf('小满')).toBe(50)
    await me.opens('/member/privacy/index')
    await me.sees('有新的一版')
    await me.taps('会员协议与隐私说明')
    await me.sees('会员日另有安排，以店内公告为准。')
    await me.keeps('14-13-agreement')
    await me.taps('同意第 2 版')
    await me.hears('已同意第 2 版')
    await me.seesNo('同意第 2 版')
  })

  test('everything is exported, and leaving asked for and taken back (A4)', async () => {
    await me.opens('/member/privacy/index')
    const saved = me.page.waitForEvent('download')
    await me.taps('导出表格')
    expect((await saved).suggestedFilename()).toMatch(/会员资料.*\.xlsx$/)
    await me.taps('注销会员')
    await me.taps('申请注销')
    await me.taps('确定注销')
    await me.sees('已申请注销，生效日期')
    await me.taps('不注销了')
    await me.hears('太好了，会员资格都还在')
  })

  test('the guardian withdraws: the child leaves, and cannot take that back (Law9)', async () => {
    const panel = await stage.thePanel(`/members/${await stage.memberNamed('小满')}`)
    await logIn(panel)
    await panel.clicks('监护人撤回同意')
    await panel.types('例如：母亲来电，已核对监护人手机号', '母亲来电')
    await panel.keeps('14-14-withdrawal')
    await panel.clicks('撤回并申请注销')
    await panel.hears('已登记撤回，会员进入注销')
    await me.opens('/member/leave/index')
    await me.page.reload()
    await me.sees('监护人已撤回同意，生效日期')
    await me.seesNo('不注销了')
    await me.keeps('14-15-not-taken-back')
  })
})
