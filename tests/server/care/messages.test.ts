import { messageHandlers } from '@pointbook/server/features/care/messages/handlers'
import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aMessageWorld, SEND, templates } from '../../support/message-world.ts'
import { fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aMessageWorld>>

beforeAll(async () => {
  world = await aMessageWorld()
})
afterAll(() => world.close())

type Handlers = Record<string, { handle(payload: object): Promise<void> }>
const handle = (topic: string, payload: object) => (messageHandlers(world.server) as Handlers)[topic]!.handle(payload)

let entrySeq = 0
const aRedemption = (memberId: number) => ({
  memberId,
  entrySeq: ++entrySeq,
  itemName: '燕麦拿铁',
  pickupCode: '820344170012',
  points: 300,
})
const fault = (what: object, times = 1) => world.control('faults', { path: SEND, times, ...what })
const sends = async () => (await world.control('journal')).filter(({ path }: { path: string }) => path === SEND).length
const pushedOf = async (memberId: number) => (await world.inbox(memberId)).map(({ pushed }) => pushed)

it('sends the pick-up code to WeChat and to the inbox when the member has left a credit, and spends it', async () => {
  const phone = await world.aPhone()
  await world.hasCredits(phone, templates.pickup, 2)
  const redeemed = aRedemption(phone.memberId)
  await handle('redemption.made', redeemed)
  const page = `/member/order/index?no=${phone.memberId}-${redeemed.entrySeq}`
  expect(await world.inbox(phone.memberId)).toMatchObject([
    {
      kind: 'redemption',
      title: '兑换成功，可以取货了',
      body: '「燕麦拿铁」已为您留好，取货码 8203 4417 0012，到店出示即可。本次使用 300 分。',
      page,
      pushed: 'sent',
      read: false,
      at: world.clock.now(),
    },
  ])
  expect(await world.received(phone.openid)).toMatchObject([
    {
      title: '兑换成功通知',
      page: page.slice(1),
      values: { thing1: '燕麦拿铁', character_string2: '820344170012', number3: '300', thing4: '凭取货码到店领取' },
    },
  ])
  expect(await world.credits(phone.memberId, templates.pickup)).toBe(1)
})

it('writes to the inbox alone when there is no credit', async () => {
  const { memberId, openid } = await world.aPhone()
  await handle('redemption.made', aRedemption(memberId))
  expect(await pushedOf(memberId)).toEqual(['no-credit'])
  expect(await world.received(openid)).toEqual([])
})

it('notifies many members at once: with credit through WeChat, without credit only in the inbox', async () => {
  const rich = await world.aPhone()
  await world.hasCredits(rich, templates.pickup, 1)
  const poor = await Promise.all(Array.from({ length: 5 }, () => world.aPhone()))
  const redeemed = [rich, ...poor].map(({ memberId }) => aRedemption(memberId))
  const before = await sends()
  for (let times = 0; times < 2; times++) {
    const messages = redeemed.map((payload) => ({ topic: 'redemption.made', payload, dueAt: world.clock.now() }))
    await world.db.insert(outbox).values(messages)
    await world.settle()
  }
  expect(await pushedOf(rich.memberId)).toEqual(['sent'])
  for (const { memberId } of poor) expect(await pushedOf(memberId)).toEqual(['no-credit'])
  expect((await sends()) - before).toBe(1)
})

it('reports one fact once, even when it is handled 40 times at once', async () => {
  const phone = await world.aPhone()
  await world.hasCredits(phone, templates.pickup, 3)
  const redeemed = aRedemption(phone.memberId)
  await Promise.all(Array.from({ length: 40 }, () => handle('redemption.made', redeemed)))
  expect(await pushedOf(phone.memberId)).toEqual(['sent'])
  expect(await world.received(phone.openid)).toHaveLength(1)
  expect(await world.credits(phone.memberId, templates.pickup)).toBe(2)
})

it('spends no credit twice: with three credits it sends three of ten simultaneous messages and calls WeChat no more', async () => {
  const phone = await world.aPhone()
  await world.hasCredits(phone, templates.pickup, 3)
  const before = await sends()
  await Promise.all(Array.from({ length: 10 }, () => handle('redemption.made', aRedemption(phone.memberId))))
  expect((await pushedOf(phone.memberId)).sort()).toEqual([...Array(7).fill('no-credit'), ...Array(3).fill('sent')])
  expect((await sends()) - before).toBe(3)
  expect(await world.credits(phone.memberId, templates.pickup)).toBe(0)
})

it('removes the counted credits when WeChat has none', async () => {
  const phone = await world.aPhone()
  await world.hasCredits(phone, templates.pickup, 3)
  await world.control('template-switch', { openid: phone.openid, templateId: templates.pickup, on: false })
  await handle('redemption.made', aRedemption(phone.memberId))
  expect(await pushedOf(phone.memberId)).toEqual(['no-credit'])
  expect(await world.credits(phone.memberId, templates.pickup)).toBe(0)
})

it('gives the credit back while WeChat is busy, and sends in the next attempt', async () => {
  const phone = await world.aPhone()
  await world.hasCredits(phone, templates.pickup, 1)
  const redeemed = aRedemption(phone.memberId)
  await fault({ errcode: 45011 })
  await expect(handle('redemption.made', redeemed)).rejects.toThrow('no messages just now')
  expect(await pushedOf(phone.memberId)).toEqual(['waiting'])
  expect(await world.credits(phone.memberId, templates.pickup)).toBe(1)
  await handle('redemption.made', redeemed)
  expect(await pushedOf(phone.memberId)).toEqual(['sent'])
  expect(await world.received(phone.openid)).toHaveLength(1)
})

it('never sends again when it is unknown whether it was sent', async () => {
  const phone = await world.aPhone()
  await world.hasCredits(phone, templates.pickup, 2)
  const redeemed = aRedemption(phone.memberId)
  await fault({ drop: 'after' })
  await handle('redemption.made', redeemed)
  await handle('redemption.made', redeemed)
  expect(await pushedOf(phone.memberId)).toEqual(['unknown'])
  expect(await world.received(phone.openid)).toHaveLength(1)
  expect(await world.credits(phone.memberId, templates.pickup)).toBe(1)
})

it('gives the credit back for good when WeChat will never take the message', async () => {
  const phone = await world.aPhone()
  await world.hasCredits(phone, templates.pickup, 1)
  await fault({ errcode: 47003 })
  const redeemed = aRedemption(phone.memberId)
  await handle('redemption.made', redeemed)
  await handle('redemption.made', redeemed)
  expect(await pushedOf(phone.memberId)).toEqual(['failed'])
  expect(await world.credits(phone.memberId, templates.pickup)).toBe(1)
})

it('sends the name of an item that is longer than WeChat allows', async () => {
  const phone = await world.aPhone()
  await world.hasCredits(phone, templates.pickup, 1)
  await handle('redemption.made', { ...aRedemption(phone.memberId), itemName: '长'.repeat(40) })
  expect(await pushedOf(phone.memberId)).toEqual(['sent'])
})

it('reports actions of the server: a redemption, a freeze and its end, an invitation, expired points', async () => {
  const inviter = await world.aPhone({ points: 100, nickname: '林小满' })
  const storeId = await world.aStore()
  const itemId = await world.anItem({ name: '帆布袋', points: 60 })
  const member = await world.asMember(inviter.memberId)
  await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
  const admin = await world.asAdmin()
  const params = { memberId: inviter.memberId, reason: '异常交易核查' }
  await admin.call('POST /admin/members/:memberId/standing', { ...params, standing: 'frozen', requestId: fresh() })
  await admin.call('POST /admin/members/:memberId/standing', { ...params, standing: 'active', requestId: fresh() })
  await admin.call('POST /admin/members/:memberId/standing', { ...params, standing: 'frozen', requestId: fresh() })
  await handle('referral.rewarded', { memberId: inviter.memberId, inviteeId: inviter.memberId, points: 20 })
  await handle('referral.taken-back', { memberId: inviter.memberId, inviteeId: inviter.memberId, points: 20 })
  world.clock.travelDays(366)
  await expirePoints(world.server)
  await world.settle()
  const inbox = await world.inbox(inviter.memberId)
  expect(inbox.map(({ title }) => title).sort()).toEqual([
    '兑换成功，可以取货了',
    '有积分到期了',
    '账户已冻结',
    '账户已冻结',
    '账户已恢复',
    '邀请奖励到账',
    '邀请奖励收回',
  ])
  const bodies = inbox.map(({ body }) => body).join('\n')
  expect(bodies).toContain('原因：异常交易核查')
  expect(bodies).toContain('邀请「林小满」，奖励的 20 分已到账')
  expect(bodies).toContain('40 分已过有效期')
})

it('tells a member the reason when the merchant cancels an order, and nothing when the member cancels it', async () => {
  const { memberId } = await world.aPhone()
  const order = { memberId, entrySeq: 900, points: 300, reason: '商品破损' }
  await handle('redemption.cancelled', { ...order, actor: `member/${memberId}` })
  expect(await world.inbox(memberId)).toEqual([])
  await handle('redemption.cancelled', { ...order, actor: 'admin/demo' })
  expect(await world.inbox(memberId)).toMatchObject([
    { title: '兑换已被商家取消', body: expect.stringContaining('商品破损') },
  ])
})

it('shows the inbox newest first, page by page, and only to its owner', async () => {
  const [mine, other] = [await world.aPhone(), await world.aPhone()]
  for (let count = 0; count < 5; count++) await handle('redemption.made', aRedemption(mine.memberId))
  await handle('redemption.made', aRedemption(other.memberId))
  const member = await world.asMember(mine.memberId)
  const first = await member.call('GET /me/messages', { limit: 3 })
  const second = await member.call('GET /me/messages', { limit: 3, cursor: first.next! })
  const ids = [...first.rows, ...second.rows].map(({ messageId }) => messageId)
  expect(ids).toEqual((await world.inbox(mine.memberId)).map(({ id }) => id))
  expect([first.rows.length, second.rows.length, second.next]).toEqual([3, 2, null])
  expect((await member.ask('GET /me/messages', { cursor: 'x1' })).body.code).toBe('input.invalid')
})

it('marks as read up to the message that the member has seen, and only the member’s own', async () => {
  const [mine, other] = [await world.aPhone(), await world.aPhone()]
  for (const { memberId } of [mine, mine, other, mine]) await handle('redemption.made', aRedemption(memberId))
  const member = await world.asMember(mine.memberId)
  const [, seen] = (await member.call('GET /me/messages', {})).rows
  await member.call('POST /me/messages/read', { upTo: seen!.messageId })
  const { rows } = await member.call('GET /me/messages', {})
  expect(rows.map(({ read }) => read)).toEqual([false, true, true])
  expect((await world.inbox(other.memberId)).map(({ read }) => read)).toEqual([false])
  expect((await member.ask('POST /me/messages/read', { upTo: 0 })).body.code).toBe('input.invalid')
})
