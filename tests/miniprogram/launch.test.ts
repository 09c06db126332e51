import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { aShop } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>

beforeAll(async () => {
  shop = await aShop()
  await shop.anItem({ name: '帆布袋' })
})
afterAll(() => shop.close())

it.each(['scene=%', 'scene=%E4%', 'inviter=%&by=%', 'scene'])(
  'opens the home page with the parameters %s (FP7)',
  async (query) => {
    const visitor = await shop.aStranger()
    visitor.open(`/pages/home/index?${query}`)
    await visitor.sees('人民广场店')
    expect(visitor.errors).toEqual([])
  },
)

it.each([
  '/member/order/index?no=%',
  '/member/order/index?no=12',
  '/member/order/index',
  '/member/entry/index?seq=abc',
  '/member/entry/index?seq=%',
  '/member/item/index?id=%',
  '/member/item/index?id=-1',
])('says that a link is broken, and leads home: %s (FP7)', async (url) => {
  const { phone } = await shop.aCustomer('小美')
  phone.open(url)
  await phone.sees('这个链接打不开')
  await phone.tap('回首页')
  await phone.isOn('pages/home/index')
  expect(phone.errors).toEqual([])
})

it.each([
  ['record', '这个链接打不开'],
  ['return', '小票号'],
])('opens the clerk’s page %s with a receipt number that cannot be decoded (FP7)', async (page, words) => {
  const { phone } = await shop.aClerk()
  phone.open(`/clerk/${page}/index?store=${shop.storeId}&no=%`)
  await phone.sees(words)
  expect(phone.errors).toEqual([])
})

it('reads the invitation of a scanned code, which arrives encoded', async () => {
  const friend = await shop.aCustomer('阿芳')
  const { inviteCode } = await friend.call('GET /me/invitation')
  const visitor = await shop.aStranger()
  visitor.open(`/pages/home/index?scene=${encodeURIComponent(`i=${inviteCode}`)}`)
  await visitor.tap('加入会员')
  await visitor.sees('好友邀请您加入')
})

it('signs up on a page that has been open for longer than a ticket lives (FP5)', async () => {
  const visitor = await shop.aStranger()
  await visitor.tap('加入会员')
  await visitor.tap('我已满 14 周岁')
  await visitor.tap('我已阅读并同意')
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + 11 * 60_000)
  try {
    await visitor.tap('手机号快捷加入')
    await visitor.sees('欢迎加入')
    await visitor.isOn('pages/home/index')
  } finally {
    vi.useRealTimers()
  }
})

it('allows the sign-up after a log-in that failed when the page was opened (FP5)', async () => {
  const visitor = await shop.aStranger()
  await visitor.sees('人民广场店')
  visitor.around.network = 'off'
  await visitor.tap('加入会员')
  await visitor.sees('网络好像断开了')
  visitor.around.network = 'on'
  await visitor.tap('我已满 14 周岁')
  await visitor.tap('我已阅读并同意')
  await visitor.tap('手机号快捷加入')
  await visitor.sees('欢迎加入')
})
