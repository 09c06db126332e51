import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aShop } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>

beforeAll(async () => {
  shop = await aShop()
})
afterAll(() => shop.close())

const outdated = { status: 426, body: { code: 'client.outdated', text: '请更新小程序' } }

describe('a mini-program that the server no longer serves', () => {
  it('asks to update, and changes to the version that WeChat has downloaded', async () => {
    const { phone } = await shop.aCustomer('小美', (around) => {
      around.between = () => outdated
      around.newer.isReady = true
    })
    await expect.poll(() => phone.around.newer.applied).toBeGreaterThan(0)
    expect(phone.around.dialogs).toContain('请更新小程序')
  })

  it('shows that the version is being downloaded while it is missing', async () => {
    const { phone } = await shop.aCustomer('小美', (around) => {
      around.between = () => outdated
    })
    await expect.poll(() => phone.around.toasts).toContain('正在下载新版本，完成后会自动重启')
    expect(phone.around.newer.applied).toBe(0)
  })

  it('offers a version that WeChat has downloaded while the old one is still served', async () => {
    const { phone } = await shop.aCustomer('小美', (around) => {
      around.newer.isReady = true
    })
    await expect.poll(() => phone.around.newer.applied).toBe(1)
    expect(phone.errors).toEqual([])
  })
})
