import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { dayOf } from '@pointbook/shared/day'
import { sql } from 'drizzle-orm'
import { afterEach, expect, it } from 'vitest'
import { living } from '../../support/policies.ts'
import { fresh } from '../../support/server.ts'
import { aWorld } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
afterEach(() => world.close())

type Changes = NonNullable<Parameters<typeof aWorld>[0]>['policy']

const travelTo = (at: string) => world.clock.travel(Date.parse(at) - Date.parse(world.clock.now()))

/** A shop with a member, and a clerk who sells. */
async function aShop(policy: Changes) {
  world = await aWorld({ policy })
  const storeId = await world.aStore()
  const memberId = await world.aMember()
  const clerk = await world.aClerk([storeId])
  const sells = async (yuan: number) => {
    const receiptNo = fresh('R')
    await world.buy(clerk, memberId, storeId, [yuan * 100], receiptNo)
    return { storeId, receiptNo }
  }
  const lastDays = async () => (await world.openLots(memberId)).map(({ amount, expiresOn }) => [amount, expiresOn])
  return { memberId, sells, lastDays }
}

it('adds 6 months to points in their last 3 months when the member buys again, and notifies the member (C4)', async () => {
  const { memberId, sells, lastDays } = await aShop({
    expiry: {
      ...living({ type: 'months', months: 12 }),
      extension: { type: 'activity', by: ['purchase'], withinMonths: 3, addMonths: 6 },
    },
  })
  travelTo('2026-03-02T04:00:00.000Z')
  await sells(100)
  travelTo('2026-12-01T04:00:00.000Z')
  await sells(10)
  expect(await lastDays()).toEqual([
    [100, '2027-03-02'],
    [10, '2027-12-01'],
  ])
  travelTo('2026-12-02T04:00:00.000Z')
  await sells(1)
  expect(await lastDays()).toEqual([
    [100, '2027-09-02'],
    [10, '2027-12-01'],
    [1, '2027-12-02'],
  ])
  const [entry] = await world.entries(memberId)
  expect(entry).toMatchObject({ kind: 'redate', cause: 'extension', delta: 0 })
  expect((await world.audit()).passed).toBe(true)
})

it('moves everything still valid to a year after the new stay (C5)', async () => {
  const { sells, lastDays } = await aShop({
    expiry: {
      ...living({ type: 'months', months: 12 }),
      extension: { type: 'renewal', by: ['purchase'], months: 12 },
    },
  })
  travelTo('2026-03-02T04:00:00.000Z')
  await sells(100)
  travelTo('2027-03-02T04:00:00.000Z')
  await sells(1)
  expect(await lastDays()).toEqual([
    [100, '2028-03-02'],
    [1, '2028-03-02'],
  ])
  travelTo('2028-03-02T16:00:00.000Z')
  await expirePoints(world.app.server)
  expect(await lastDays()).toEqual([])
})

it('makes the points of a purchase usable at its confirmation, and confirms once', async () => {
  const { memberId, sells } = await aShop({ pending: { until: 'confirmed', days: 0 } })
  const sold = await sells(100)
  const admin = await world.asAdmin()
  const usable = async () => (await world.openLots(memberId)).map(({ usableOn }) => usableOn)
  expect(await usable()).toEqual(['9999-12-31'])
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => admin.call('POST /admin/purchases/confirmations', sold)),
  )
  expect(answers).toEqual(answers.map(() => ({ points: 100 })))
  expect(await usable()).toEqual([dayOf(world.clock.now(), 480)])
  expect((await world.entries(memberId)).map(({ kind }) => kind)).toEqual(['redate', 'earn'])
  expect((await world.audit()).passed).toBe(true)
})

it('extends points that expire soon by hand, notifies the member, and refuses to shorten (C11)', async () => {
  const { memberId, sells, lastDays } = await aShop({ expiry: living({ type: 'months', months: 1 }) })
  travelTo('2026-03-02T04:00:00.000Z')
  await sells(100)
  const admin = await world.asAdmin()
  const extend = (endingBy: string, expiresOn: string) =>
    admin.ask('POST /admin/members/:memberId/extensions', {
      memberId,
      endingBy,
      expiresOn,
      reason: '门店装修停业',
      requestId: fresh(),
    })
  expect((await extend('2026-04-01', '2026-06-01')).body).toMatchObject({ code: 'extension.nothing' })
  expect((await extend('2026-04-30', '2026-03-02')).body).toMatchObject({ code: 'extension.too-early' })
  expect((await extend('2026-04-30', '2026-06-01')).body).toEqual({ points: 100 })
  expect(await lastDays()).toEqual([[100, '2026-06-01']])
  await world.settle()
  const inbox = await world.db.execute(sql`SELECT body FROM inbox_messages WHERE member_id = ${memberId}`)
  expect(JSON.stringify(inbox[0])).toContain('100 分的有效期延长到 2026年6月1日')
})

it('lets the audit find a last day that was changed in the database', async () => {
  const { memberId, sells } = await aShop({})
  await sells(100)
  await world.db.execute(
    sql`UPDATE points_lots SET expires_on = '2099-01-01', due_on = '2099-01-01' WHERE member_id = ${memberId}`,
  )
  const report = await world.audit()
  expect(report.checks.filter(({ passed }) => !passed).map(({ id }) => id)).toEqual(['seals'])
})

it('ends the points of many members and days, each once, also when the job is killed and restarted', async () => {
  const { sells } = await aShop({ expiry: living({ type: 'days', days: 10 }) })
  await sells(5)
  const members = await Promise.all(Array.from({ length: 300 }, () => world.aMember({ points: 7 })))
  world.clock.travelDays(1)
  const later = await Promise.all(Array.from({ length: 300 }, () => world.aMember({ points: 3 })))
  world.clock.travelDays(30)
  await Promise.all([expirePoints(world.app.server), expirePoints(world.app.server)])
  expect(await expirePoints(world.app.server)).toBe(0)
  const [row] = (await world.db.execute(
    sql`SELECT SUM(balance) AS balance, SUM(expired) AS expired FROM points_accounts`,
  )) as unknown as [{ balance: string; expired: string }[]]
  expect(row[0]).toMatchObject({ balance: '0', expired: String(5 + members.length * 7 + later.length * 3) })
}, 60_000)
