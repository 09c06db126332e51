import { refreshTokens } from '@pointbook/server/platform/session/tables'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Phone } from './harness.ts'
import { aShop } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>

beforeAll(async () => {
  shop = await aShop()
})
afterAll(() => shop.close())

const kept = (phone: Phone) => JSON.parse(String(phone.around.storage.get('session')))
const openLogins = (memberId: number) => shop.db.$count(refreshTokens, eq(refreshTokens.memberId, memberId))

/** Logs out on 我的; the login of the test's own calls is another one and stays. */
async function leave(phone: Phone) {
  phone.tab('我的')
  await phone.tap('退出登录')
  await phone.tap('退出')
}

it('ends the login on the server, also when the access token has ended before (FS8, FS15)', async () => {
  const { phone, memberId } = await shop.aCustomer('小美')
  await phone.sees('小美')
  const others = (await openLogins(memberId)) - 1
  phone.tab('我的')
  await phone.sees('退出登录')
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + 31 * 60_000)
  try {
    await leave(phone)
    await expect.poll(() => openLogins(memberId)).toBe(others)
  } finally {
    vi.useRealTimers()
  }
  expect(phone.around.storage.get('session')).toBe('logged-out')
})

it('stays logged in when its refresh arrived and the answer was lost (FS8)', async () => {
  const { phone, memberId } = await shop.aCustomer('小美')
  await phone.sees('小美')
  const { refreshToken } = kept(phone)
  // The server has already answered once, but the answer was lost.
  const first = await shop.anyone().call('POST /session/refresh', { refreshToken })
  const again = await shop.aStranger('o-nobody-in-wechat', ({ storage }) => {
    storage.set('session', JSON.stringify({ accessToken: 'ended', refreshToken }))
  })
  await again.sees('小美')
  await expect.poll(() => kept(again).refreshToken).toBe(first.refreshToken)
  expect(await openLogins(memberId)).toBeGreaterThan(0)
})
