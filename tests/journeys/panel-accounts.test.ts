import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest'
import { aStage, type Panel, type Stage } from './stage.ts'

const OWN_PASSWORD = '晴天去海边捡贝壳看日落 42'
const NEXT_PASSWORD = '绿色的自行车 停在图书馆门口'
const NEXT_STEP_MS = 30_000

/** A colleague gets an account of their own, sets it up, and sees what their role allows. */
describe('panel accounts', { timeout: 90_000 }, () => {
  let stage: Stage
  let owner: Panel
  let colleague: Panel
  let password: string
  let secret: string
  let recoveryCode: string

  beforeAll(async () => {
    stage = await aStage()
    owner = await stage.thePanel()
    colleague = await stage.thePanel()
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const on = ({ page }: Panel) => ({
    field: (label: string) => page.getByLabel(label, { exact: true }).filter({ visible: true }).last(),
    button: (name: string | RegExp) => page.getByRole('button', { name }).filter({ visible: true }),
    goesTo: (place: string) => page.locator('nav').getByRole('link', { name: place, exact: true }).click(),
  })

  async function logsIn(panel: Panel, login: string, typed: string) {
    const { field, button } = on(panel)
    await field('账号').fill(login)
    await field('密码').fill(typed)
    await button(/^登\s*录$/).click()
  }

  async function logsOut(panel: Panel) {
    await panel.page.getByRole('button', { name: '退出登录' }).click()
    await panel.page
      .getByRole('dialog')
      .getByRole('button', { name: /退\s*出/ })
      .click()
    await panel.sees('商家后台')
  }

  test('the owner adds an account, and the one-time password is shown once (FS4)', async () => {
    await logsIn(owner, 'demo', 'demo-password')
    const { field, button, goesTo } = on(owner)
    await goesTo('后台账号')
    await button('新增账号').click()
    await field('账号').fill('chen.dong')
    await field('姓名').fill('陈东')
    await owner.page.getByRole('combobox', { name: '角色' }).click()
    await owner.page.locator('.ant-select-item-option').filter({ hasText: '财务' }).click()
    await button(/^新\s*增$/).click()
    await owner.sees('密码只显示这一次，请现在就当面或电话告诉对方')
    password = await owner.reads(owner.page.getByText(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/))
    await owner.keeps('accounts-1-one-time')
    await button('我已转告对方').click()
    await owner.sees('待设密码')
  })

  test('the colleague chooses a password before anything else, and sees how strong it is (FS21)', async () => {
    await logsIn(colleague, 'Chen.Dong', password)
    await colleague.sees('先设一个自己的密码')
    const { field, button } = on(colleague)
    await field('一次性密码').fill(password)
    await field('新密码').fill('password123456')
    await colleague.sees(/^密码强度：不能用。这个密码太常见/)
    await field('再输一次新密码').fill('password123456')
    await button('保存新密码').click()
    await colleague.sees('这个密码太常见，容易被猜中，请换一个更长、更特别的')
    stage.expects('400 PUT /admin/session/password')
    await field('新密码').fill(OWN_PASSWORD)
    await colleague.sees('密码强度：强')
    await colleague.keeps('accounts-2-strong')
    await field('再输一次新密码').fill(OWN_PASSWORD)
    await button('保存新密码').click()
    await colleague.sees('概览')
    await colleague.keeps('accounts-2-in')
  })

  test('finance sees its pages, and no button that it may not use (M15)', async () => {
    const { goesTo } = on(colleague)
    await goesTo('积分负债')
    await colleague.sees('财务')
    await colleague.seesNo('后台账号')
    await colleague.seesNo('设置')
    await goesTo('会员')
    await colleague.searches('会员号 / 手机号 / 昵称', '周子墨')
    await colleague.clicks('周子墨')
    await colleague.sees('打印对账单')
    await colleague.seesNo('调整积分')
    await colleague.seesNo('修改资料')
    await colleague.page.goto(new URL('/panel/settings', colleague.page.url()).href)
    await colleague.sees('您的账号没有这个页面的权限')
    await colleague.keeps('accounts-3-not-allowed')
  })

  test('the colleague turns the second factor on and keeps the recovery codes', async () => {
    await colleague.page.getByRole('link', { name: '陈东' }).click()
    const { field, button } = on(colleague)
    await button('开启两步验证').click()
    await field('先确认密码').fill(OWN_PASSWORD)
    await button('下一步').click()
    secret = await colleague.reads(colleague.page.getByText(/^[A-Z2-7]{32}$/))
    await colleague.keeps('accounts-4-second-factor')
    await field('验证码').fill('000000')
    await button('开启两步验证').click()
    await colleague.sees(/^验证码不正确，请看验证器此刻显示的 6 位数字/)
    stage.expects('400 PUT /admin/session/second-factor')
    await field('验证码').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
    await button('开启两步验证').click()
    await colleague.sees(/^两步验证已开启/)
    recoveryCode = await colleague.reads(colleague.page.getByText(/^[a-z2-9]{5}(-[a-z2-9]{5}){2}$/))
    await colleague.keeps('accounts-5-recovery-codes')
    await button('我已收好').click()
    await colleague.sees('已开启')
  })

  test('the next log-in asks for a code, and a recovery code works once', async () => {
    const { field, button } = on(colleague)
    for (const code of [
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + NEXT_STEP_MS }),
      recoveryCode,
    ]) {
      await logsOut(colleague)
      await logsIn(colleague, 'chen.dong', OWN_PASSWORD)
      await colleague.sees(/^打开手机上的验证器/)
      stage.expects('401 POST /admin/session')
      await field('验证码').fill(code)
      await button(/^登\s*录$/).click()
      await colleague.sees('概览')
    }
    await colleague.keeps('accounts-6-in-again')
  })

  test('the colleague hears what happened, and throws everybody else out with a new password (FS21)', async () => {
    const { field } = on(colleague)
    await colleague.sees('您的账号有新情况')
    await colleague.sees(/设置了两步验证/)
    await colleague.page.getByRole('listitem').filter({ hasText: '设置了两步验证' }).getByRole('button').click()
    await colleague.sees('换一个密码，让别人退出')
    await field('当前密码').fill(OWN_PASSWORD)
    await field('新密码').fill(NEXT_PASSWORD)
    await field('再输一次新密码').fill(NEXT_PASSWORD)
    await colleague.sees('密码强度：强')
    await colleague.keeps('accounts-7-not-me')
    await colleague.page.getByRole('dialog').getByRole('button', { name: '保存新密码' }).click()
    await colleague.seesNo('您的账号有新情况')
  })

  test('the owner stops the account, and the colleague is out', async () => {
    const { button } = on(owner)
    await owner.page.locator('main tr').filter({ hasText: 'chen.dong' }).getByRole('button', { name: '修改' }).click()
    await owner.page.getByRole('switch', { name: '可以登录' }).click()
    await button(/^保\s*存$/).click()
    await owner.sees('已停用')
    await colleague.page.reload()
    await colleague.sees('登录后管理会员、积分规则与兑换')
  })
})
