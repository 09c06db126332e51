import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { changeSettings } from '../support/edits.ts'
import type { Phone } from './harness.ts'
import { aShop } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>

beforeAll(async () => {
  shop = await aShop()
})
afterAll(() => shop.close())

const busy = { status: 503, body: { code: 'server.busy', text: '现在人有点多，请稍后再试' } }
const tooMany = { status: 429, body: { code: 'rate.exceeded', text: '操作太频繁了，请稍等一会儿再试' } }
const proxyDown = { status: 502, body: '<html>502 Bad Gateway</html>' }
const wifiPage = { status: 200, body: '<html>请先登录 Wi-Fi</html>' }
const expired = { status: 401, body: { code: 'session.expired', text: '登录已过期，请重新登录' } }
const cancelled = { status: 403, body: { code: 'member.cancelled', text: '该会员资格已注销' } }

describe('an outage', () => {
  it.each([
    ['the server is busy', { between: () => busy }],
    ['too many ask', { between: () => tooMany }],
    ['a proxy answers', { between: () => proxyDown }],
    ['a Wi-Fi answers with its own page', { between: () => wifiPage }],
    ['there is no network', { network: 'off' as const }],
  ])('opens as the member once the page is shown again after %s (FP3)', async (_, trouble) => {
    const { phone } = await shop.aCustomer('小美', (around) => Object.assign(around, trouble))
    await phone.sees('没能加载出来')
    await phone.seesNo('加入会员')
    Object.assign(phone.around, { between: () => null, network: 'on' })
    phone.comesBack()
    await phone.sees('小美')
    await phone.sees('人民广场店')
    expect(phone.errors).toEqual([])
  })

  it('opens as the member when WeChat gives no log-in code at first (FP3)', async () => {
    const member = await shop.aCustomer('小美')
    let isDown = true
    const loginCode = member.phone.around.loginCode
    const phone = await shop.aStranger(member.openid, (around) => {
      around.loginCode = () => (isDown ? Promise.reject(new Error('fail')) : loginCode())
    })
    await phone.sees('没能加载出来')
    isDown = false
    await phone.tap('再试一次', 0)
    await phone.sees('小美')
  })

  it.each([
    ['503', busy],
    ['429', tooMany],
    ['502 of a proxy', proxyDown],
    ['the page of a Wi-Fi', wifiPage],
  ])('keeps the session when the refresh is answered with %s (FP3)', async (_, answer) => {
    const { phone } = await shop.aCustomer('小美')
    await phone.sees('小美')
    phone.around.between = (op) => (op.startsWith('POST /session') ? answer : op === 'GET /me' ? expired : null)
    phone.comesBack()
    await settled(phone)
    phone.around.between = () => null
    phone.comesBack()
    await settled(phone)
    await phone.sees('小美')
    await phone.seesNo('加入会员')
  })

  it('ends the session when the server refuses it, and shows the reason (FP3)', async () => {
    const { phone } = await shop.aCustomer('小美')
    await phone.sees('小美')
    phone.around.between = (op) => (op.startsWith('POST /session') ? cancelled : op === 'GET /me' ? expired : null)
    phone.comesBack()
    await phone.sees('该会员资格已注销')
    await phone.sees('加入会员')
  })
})

it('reads the shop again whenever a page comes to the front (FP3)', async () => {
  const { phone } = await shop.aCustomer('小美')
  await phone.sees('人民广场店')
  const admin = await shop.asAdmin()
  await changeSettings(admin, { name: '云朵咖啡', notice: '今晚提前打烊', servicePhone: '', cards: false })
  phone.comesBack()
  await phone.sees('今晚提前打烊')
})

describe('the storage of the phone', () => {
  let phone: Phone
  afterEach(() => expect(phone.errors).toEqual([]))

  it.each([['{"accessTok'], ['null'], ['42'], ['{}'], ['[]'], [{ accessToken: 1 }], [null]])(
    'opens as the member by a silent log-in when the kept session is %j (FP7)',
    async (kept) => {
      const member = await shop.aCustomer('小美')
      phone = await shop.aStranger(member.openid, ({ storage }) => void storage.set('session', kept))
      await phone.sees('小美')
    },
  )

  it('works for the member when the storage is full, and leaves no outdated session there (FP7)', async () => {
    const member = await shop.aCustomer('小美')
    phone = await shop.aStranger(member.openid, (around) => {
      around.storage.set('session', 'an old one')
      around.isFull = true
    })
    await phone.sees('小美')
    expect(phone.around.storage.has('session')).toBe(false)
    await phone.tap('积分明细')
    await phone.sees('可用积分')
  })

  it('opens when the storage cannot be read at all (FP7)', async () => {
    const member = await shop.aCustomer('小美')
    phone = await shop.aStranger(member.openid, (around) => {
      around.storage.get = () => {
        throw new Error('getStorageSync:fail')
      }
    })
    await phone.sees('小美')
  })
})

const settled = (phone: Phone) =>
  phone.seesNo('正在读取').then(() => new Promise((resolve) => setTimeout(resolve, 300)))
