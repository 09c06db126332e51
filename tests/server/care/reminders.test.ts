import { messageJobs, remindExpiring } from '@pointbook/server/features/care/messages/jobs'
import { adjust, changeStanding } from '@pointbook/server/features/points/ledger/moves'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { aMessageWorld, SEND, templates } from '../../support/message-world.ts'
import { fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aMessageWorld>>
let year = 2026

beforeAll(async () => {
  world = await aMessageWorld()
})
afterAll(() => world.close())
// Every test lives in years of its own: points given on 2 March of this one last until 2 March of the next.
beforeEach(() => {
  year += 2
  world.clock.set(`${year}-03-02T04:00:00.000Z`)
})
const aWeekBefore = () => world.clock.set(`${year + 1}-02-23T04:00:00.000Z`)

const remind = () => remindExpiring(world.server)
const titles = async (memberId: number) => (await world.inbox(memberId)).map(({ title }) => title)

it('is sent a week before, with the points, their last day and an item they could buy (C8)', async () => {
  const phone = await world.aPhone({ points: 120 })
  await world.hasCredits(phone, templates.expiry, 1)
  await world.anItem({ name: '帆布袋', points: 200 })
  await world.anItem({ name: '招牌拿铁', points: 120 })
  world.clock.set(`${year + 1}-02-22T15:59:59.000Z`)
  expect(await remind()).toBe(0)
  world.clock.set(`${year + 1}-02-22T16:00:00.000Z`)
  expect(await remind()).toBe(1)
  expect(await world.inbox(phone.memberId)).toMatchObject([
    {
      kind: 'expiry',
      title: '积分快到期了',
      body: `您有 120 分将在 ${year + 1}年3月2日 到期，当天仍可使用。现在可以兑换「招牌拿铁」。`,
      pushed: 'sent',
    },
  ])
  expect(await world.received(phone.openid)).toMatchObject([
    {
      title: '积分到期提醒',
      page: 'pages/mall/index',
      values: { number1: '120', date2: `${year + 1}-03-02`, thing3: '招牌拿铁', thing4: '当天仍可使用，别让积分溜走' },
    },
  ])
})

it('is sent once, with any number of parallel runs', async () => {
  const phone = await world.aPhone({ points: 120 })
  await world.hasCredits(phone, templates.expiry, 5)
  aWeekBefore()
  const answers = await Promise.all(Array.from({ length: 20 }, remind))
  expect(answers.reduce((sum, one) => sum + one, 0)).toBe(1)
  expect(await world.received(phone.openid)).toHaveLength(1)
  expect(await world.credits(phone.memberId, templates.expiry)).toBe(4)
  world.clock.travelDays(1)
  expect(await remind()).toBe(0)
})

it('reaches every member, however many there are', async () => {
  const members = await Promise.all(Array.from({ length: 130 }, () => world.aMember({ points: 10 })))
  aWeekBefore()
  expect(await remind()).toBe(members.length)
  expect(await remind()).toBe(0)
})

it('is sent separately for each last day, and not below the minimum of points', async () => {
  const memberId = await world.aMember({ points: 9 })
  world.clock.travelDays(1)
  await world.book.make(adjust, { memberId, points: 30, reason: '补', actor: 'system', requestId: fresh() })
  world.clock.travelDays(1)
  await world.book.make(adjust, { memberId, points: 40, reason: '补', actor: 'system', requestId: fresh() })
  aWeekBefore()
  world.clock.travelDays(2)
  expect(await remind()).toBe(2)
  const bodies = (await world.inbox(memberId)).map(({ body }) => body)
  expect(bodies.find((body) => body.includes('3月3日'))).toContain('30 分')
  expect(bodies.find((body) => body.includes('3月4日'))).toContain('40 分')
})

it('counts only the remaining points', async () => {
  const memberId = await world.aMember({ points: 50 })
  await world.book.make(adjust, { memberId, points: -41, reason: '扣', actor: 'system', requestId: fresh() })
  aWeekBefore()
  expect(await remind()).toBe(0)
})

it('suggests no item that is sold out, unlisted or too expensive', async () => {
  const memberId = await world.aMember({ points: 50 })
  await world.anItem({ name: '卖完的', points: 10, stock: 0 })
  await world.anItem({ name: '下架的', points: 10, listed: false })
  await world.anItem({ name: '太贵的', points: 51 })
  aWeekBefore()
  await remind()
  const [message] = await world.inbox(memberId)
  expect(message!.body).toBe(`您有 50 分将在 ${year + 1}年3月2日 到期，当天仍可使用。别忘了用掉它们。`)
})

it('does not remind frozen members', async () => {
  const memberId = await world.aMember({ points: 50 })
  await world.book.make(changeStanding, {
    memberId,
    standing: 'frozen',
    reason: '核查',
    requestId: fresh(),
    actor: 'admin/demo',
  })
  aWeekBefore()
  expect(await remind()).toBe(0)
})

it('sends later what WeChat could not take at once', async () => {
  const phone = await world.aPhone({ points: 50 })
  await world.hasCredits(phone, templates.expiry, 1)
  aWeekBefore()
  await world.control('faults', { path: SEND, times: 1, errcode: 45009 })
  expect(await remind()).toBe(1)
  expect(await world.received(phone.openid)).toEqual([])
  world.clock.travelDays(1)
  expect(await remind()).toBe(0)
  expect(await world.received(phone.openid)).toHaveLength(1)
  expect(await titles(phone.memberId)).toHaveLength(1)
})

it('waits for the hours in which the shop sends messages', async () => {
  const memberId = await world.aMember({ points: 50 })
  const job = messageJobs(world.server).find(({ name }) => name === 'expiry-reminders')!
  const day = `${year + 1}-02-23`
  for (const early of [`${day}T00:59:00.000Z`, `${day}T13:00:00.000Z`]) {
    world.clock.set(early)
    await job.run()
    expect(await titles(memberId)).toEqual([])
  }
  world.clock.set(`${day}T12:59:00.000Z`)
  await job.run()
  expect(await titles(memberId)).toEqual(['积分快到期了'])
})

it('sends nothing on an ordinary day', async () => {
  await world.aMember({ points: 50 })
  expect(await remind()).toBe(0)
})
