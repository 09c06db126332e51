import { checkingIn, referring } from '@pointbook/config/policies/make'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { changeSettings } from '../support/edits.ts'
import { aRule, earningBy } from '../support/policies.ts'
import { fresh } from '../support/server.ts'
import { aShop, codeOf } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>

const off = <Part extends { enabled: boolean }>(part: Part): Part => ({ ...part, enabled: false })

const rules = [
  aRule({ gift: { type: 'rate', points: 1, perFen: 100 } }),
  aRule({
    id: 'first',
    name: '首次消费礼',
    conditions: [{ type: 'first-purchase' }],
    gift: { type: 'fixed', points: 30 },
  }),
  aRule({
    id: 'big',
    name: '大单礼',
    conditions: [{ type: 'amount-at-least', amountFen: 500_00 }],
    gift: { type: 'fixed', points: 9 },
  }),
]

beforeAll(async () => {
  const offset = { pointsPerYuan: 10, minimumPoints: 10, stepPoints: 10, maximumShareBp: 5_000 }
  shop = await aShop({
    policy: { earning: earningBy(rules), offset, checkIn: off(checkingIn()), referral: off(referring()) },
    env: { SHOP_OFFSET: '+09:00' },
  })
})
afterAll(() => shop.close())

it('shows neither check-in nor invitation when the policy has none (FM7)', async () => {
  const visitor = await shop.aStranger()
  await visitor.sees('消费就能攒积分')
  await visitor.sees('积分规则')
  await visitor.seesNo('签到')
  await visitor.seesNo('邀请好友')
})

it('shows on the page of an old link, and on the invitation itself, that check-in or invitation has ended (FM7)', async () => {
  const { phone, call } = await shop.aCustomer('小美')
  phone.open('/member/check-in/index')
  await phone.sees('签到活动已关闭')
  expect(await phone.isFree('签到活动已关闭')).toBe(false)
  await phone.seesNo('断签后')
  phone.open('/member/invite/index')
  await phone.sees('邀请有礼活动暂未开放')
  await phone.sees('我邀请的好友')
  await phone.seesNo('奖励自动到账')
  await phone.seesNo('发给微信好友')
  const { inviteCode } = await call('GET /me/invitation')
  const friend = await shop.aStranger()
  friend.open(`/pages/home/index?inviter=${inviteCode}`)
  friend.open('/member/sign-up/index')
  await friend.sees('手机号快捷加入')
  await friend.seesNo('奖励按积分规则发放')
  expect(phone.errors).toEqual([])
})

it('shows times on the shop’s own clock (FM2)', async () => {
  const member = await shop.aCustomer('小美')
  await shop.gives(member.memberId, 10)
  member.phone.open('/member/ledger/index')
  await member.phone.sees('2026-03-02 13:00')
})

it('lists as missed only points that the member could still get, and shows the amount paid in money (FP14)', async () => {
  const clerk = await shop.aClerk()
  const member = await shop.aCustomer('小美')
  await shop.gives(member.memberId, 100)
  for (const offsetPoints of [0, 100]) {
    const code = await codeOf(member.call)
    const scanned = await clerk.call('POST /clerk/scans', { code, storeId: shop.storeId, requestId: fresh() })
    if (scanned.kind !== 'member') throw new Error('that was no member code')
    const lines = [{ name: '拿铁', quantity: 1, amountFen: 40_00 }]
    const paid = offsetPoints ? { offsetPoints } : {}
    const { visit } = scanned
    const receipt = { visit, storeId: shop.storeId, receiptNo: fresh('R'), lines, ...paid }
    const { why, receiptNo } = await clerk.call('POST /clerk/purchases', receipt)
    const again = await clerk.call('GET /clerk/purchases/:storeId/:receiptNo', { storeId: shop.storeId, receiptNo })
    for (const told of [why, again.why].map((lines) => lines.map(({ name }) => name))) {
      expect(told).toContain('大单礼')
      if (offsetPoints) expect(told).not.toContain('首次消费礼')
    }
  }
  member.phone.open('/member/purchases/index')
  await member.phone.sees('¥30.00')
  await member.phone.sees('应付 ¥40.00，用 100 分抵了 ¥10.00')
  await member.phone.tap('¥30.00')
  await member.phone.sees('大单礼')
  await member.phone.seesNo('首次消费礼')
})

it('shows the day a card was given on the shop’s calendar (FP14)', async () => {
  const admin = await shop.asAdmin()
  await changeSettings(admin, { name: '小满咖啡', notice: '', servicePhone: '', cards: true })
  const { batchId } = await admin.call('POST /admin/card-batches', { cards: 1, requestId: fresh() })
  const { cardNos } = await admin.call('GET /admin/card-batches/:batchId', { batchId })
  const member = await shop.aCustomer('小美')
  // 01:00 on 4 March at the shop is still 3 March in UTC.
  shop.clock.travel(36 * 3_600_000)
  await admin.call('POST /admin/members/:memberId/cards', { memberId: member.memberId, cardNo: cardNos[0]! })
  member.phone.open('/member/card/index')
  await member.phone.sees('2026年3月4日')
})
