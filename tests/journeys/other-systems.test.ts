import { demoPolicy } from '@pointbook/config/policies/demo'
import { fixed, rule } from '@pointbook/config/policies/make'
import { policies } from '@pointbook/server/book/tables'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { signedHeaders } from '../support/partner.ts'
import { aStage, type Panel, type Stage } from './stage.ts'

const gifts = [
  rule({ id: 'profile-gift', name: '完善资料', trigger: 'profile', gift: fixed(30) }),
  rule({ id: 'quiz', name: '问卷有礼', trigger: 'activity', event: 'questionnaire', gift: fixed(15) }),
]

/** Events that earn points besides purchases, and the systems that report them. */
describe('besides buying', { timeout: 90_000 }, () => {
  let stage: Stage
  let panel: Panel

  beforeAll(async () => {
    stage = await aStage()
    const { earning } = demoPolicy
    const at = '2000-01-01T00:00:00.000Z'
    await stage.db.insert(policies).values({
      version: 99,
      name: '行为有礼',
      note: '',
      document: { ...demoPolicy, earning: { ...earning, rules: [...earning.rules, ...gifts] } },
      publishedAt: at,
      publishedBy: 'system',
      effectiveAt: stage.clock.now(),
    })
    panel = await stage.thePanel()
    await panel.page.getByLabel('账号', { exact: true }).fill('demo')
    await panel.page.getByLabel('密码', { exact: true }).fill('demo-password')
    await button(/登\s*录/).click()
    await panel.one('概览', 0).waitFor()
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const button = (name: string | RegExp) => panel.page.getByRole('button', { name }).filter({ visible: true })

  test('a member sees beforehand what completing the profile gives, and gets it', async () => {
    const phone = await stage.aMemberPhone('林小满', '/member/profile/index')
    await phone.sees(/完善资料，得/)
    await phone.sees('还差：性别、生日、地址')
    await phone.keeps('12-1-promised')
    const before = await stage.pointsOf('林小满')
    const me = await stage.asMember(await stage.memberNamed('林小满'))
    await me.call('POST /me/profile', { sex: 'female', birthday: '1996-08-08' })
    await phone.types('选填', '人民路 1 号')
    await phone.taps('保存')
    await phone.sees('资料已完善，30 积分已到账')
    expect(await stage.pointsOf('林小满')).toBe(before + 30)
  })

  test('the merchant records an activity, and the rules give its points', async () => {
    const before = await stage.pointsOf('林小满')
    await panel.page.goto(panel.page.url().replace(/panel.*/, `panel/members/${await stage.memberNamed('林小满')}`))
    await button('记录行为').click()
    await panel.clicks('参加活动')
    await panel.sees('给多少分由规则决定：「问卷有礼」')
    await panel.page.getByRole('combobox').last().fill('questionnaire')
    await panel.page.keyboard.press('Escape')
    await panel.types('记在操作记录里，例如：晒单好评，已核对图片', '已交问卷')
    await panel.keeps('12-2-act')
    await button(/^记\s*录$/).click()
    await panel.sees('已记录，会员得 15 分')
    expect(await stage.pointsOf('林小满')).toBe(before + 15)
  })

  test('the merchant makes a key whose secret, shown once, signs requests until it is taken out of use', async () => {
    await panel.page.locator('nav').getByRole('link', { name: '开放接口', exact: true }).click()
    await button('新建密钥').click()
    await panel.types('例如：收银系统、微信小店', '微信小店')
    await panel.page.getByLabel('可用门店', { exact: true }).click()
    await panel.page.locator('.ant-select-item-option').first().click()
    await button(/^新\s*建$/).click()
    await panel.sees('密钥已建好')
    const [keyId, secret] = await panel.page.locator('.ant-modal code').allTextContents()
    const path = `/open/members/${await stage.memberNamed('林小满')}`
    const ask = () => {
      const headers = signedHeaders({ keyId: keyId!, secret: secret! }, { method: 'GET', path })
      return stage.app.http.inject({ method: 'GET', url: path, headers })
    }
    expect((await ask()).json()).toMatchObject({ balance: await stage.pointsOf('林小满') })
    await button('我已保存好').click()
    await panel.sees('微信小店')
    await panel.keeps('12-3-keys')
    await button(/^停\s*用$/).click()
    await panel.page
      .getByRole('dialog')
      .getByRole('button', { name: /停\s*用/ })
      .click()
    await panel.sees('已停用')
    expect((await ask()).json()).toMatchObject({ code: 'api-key.unknown' })
  })
})
