import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeSettings } from '../support/edits.ts'
import { aShop } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>

beforeAll(async () => {
  shop = await aShop()
  await shop.anItem({ name: '帆布袋', points: 120, stock: 6 })
})
afterAll(() => shop.close())

test('a visitor browses the shop, the mall and an item without logging in (G3)', async () => {
  const visitor = await shop.aStranger()
  await visitor.sees('人民广场店')
  await visitor.sees('帆布袋')

  visitor.tab('商城')
  await visitor.tap('帆布袋')
  await visitor.isOn('member/item/index')
  await visitor.sees('剩 6 件')
  expect(visitor.errors).toEqual([])
})

test('member functions lead a visitor to the sign-up', async () => {
  const visitor = await shop.aStranger()
  await visitor.tap('积分明细')
  await visitor.isOn('member/sign-up/index')
})

test('the service phone is on the pages where a member looks for help (G6)', async () => {
  const admin = await shop.asAdmin()
  await changeSettings(admin, { name: '小满咖啡', notice: '', servicePhone: '400-800-1234', cards: false })
  const { phone } = await shop.aCustomer('小美')
  phone.tab('我的')
  await phone.sees('联系我们')
  await phone.sees('400-800-1234')
})
