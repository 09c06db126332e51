import { fixed, rate } from '@pointbook/config/policies/make'
import { remindExpiring } from '@pointbook/server/features/care/messages/jobs'
import { giveBirthdays } from '@pointbook/server/features/earning/events/birthdays'
import { expirePoints } from '@pointbook/server/features/points/ledger/expire'
import { settleTiers } from '@pointbook/server/features/points/tiers/settle'
import { settingAside } from '@pointbook/server/platform/set-aside'
import { addMs } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aMessageWorld, templates } from '../../support/message-world.ts'
import { aRule, earningBy, living } from '../../support/policies.ts'
import { byMoney } from '../../support/tier-shop.ts'
import { fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aMessageWorld>>
const written: object[] = []
let year = 2026

beforeAll(async () => {
  const birthday = aRule({ id: 'birthday', name: '生日', trigger: 'birthday', gift: fixed(200) })
  const earning = earningBy([aRule({ gift: rate(1, 1) }), birthday])
  world = await aMessageWorld({ policy: { ...byMoney, earning, expiry: living({ type: 'days', days: 100 }) } })
})
afterAll(() => world.close())
beforeEach(() => {
  written.splice(0)
  year += 2
  world.clock.set(`${year}-03-02T04:00:00.000Z`)
})

/** The server with a log that is kept. */
const server = () => ({
  ...world.server,
  log: { ...world.server.log, error: (facts: object) => written.push(facts) } as never,
})

const asideIn = async (job: string) => {
  const { values } = await world.server.metrics.jobSetAside.get()
  return values.find(({ labels }) => labels.name === job)?.value
}

const spoilAccount = (memberId: number, text: string) =>
  world.db.execute(sql`UPDATE points_accounts SET earned_by_month = ${text} WHERE member_id = ${memberId}`)
const spoilMember = (memberId: number, text: string) =>
  world.db.execute(sql`UPDATE members SET tags = ${text} WHERE id = ${memberId}`)

/** The result of a job with a failing member among others, and after that member is repaired. */
async function aroundSpoiled(
  memberIds: number[],
  job: { name: string; run(): Promise<unknown>; isDone(memberId: number): Promise<boolean> },
  damage: { spoil(memberId: number): unknown; mend(memberId: number): unknown },
) {
  const spoiled = memberIds[1]!
  const done = () => Promise.all(memberIds.map(job.isDone))
  await damage.spoil(spoiled)
  await job.run()
  await job.run()
  const [aside, named] = [await asideIn(job.name), written.splice(0)]
  await damage.mend(spoiled)
  const without = await done()
  await job.run()
  const after = [await done(), await asideIn(job.name), written]
  return { aside, named, without, after }
}

const others = [true, false, true]
const whole = [[true, true, true], 0, []]
const account = { spoil: (id: number) => spoilAccount(id, '{broken'), mend: (id: number) => spoilAccount(id, '{}') }
const profile = { spoil: (id: number) => spoilMember(id, '{broken'), mend: (id: number) => spoilMember(id, '[]') }

/** Twice, as the job ran twice. */
const namedAs = (job: string, memberId: number) => Array(2).fill({ job, memberId, code: 'SyntaxError' })

const three = async (fields: Parameters<typeof world.aMember>[0] = {}) => [
  await world.aMember(fields),
  await world.aMember(fields),
  await world.aMember(fields),
]

describe('a member on whom a job fails is set aside, named, and tried again (FS10)', () => {
  it('when points end', async () => {
    const memberIds = await three({ points: 10 })
    world.clock.travelDays(101)
    const isDone = async (id: number) => (await world.account(id)).balance === 0
    const job = { name: 'expire-points', run: () => expirePoints(server()), isDone }
    const result = await aroundSpoiled(memberIds, job, account)
    expect(result).toEqual({ aside: 1, named: namedAs(job.name, memberIds[1]!), without: others, after: whole })
  })

  it('when tiers are settled', async () => {
    const storeId = await world.aStore()
    const clerk = await world.aClerk([storeId])
    const memberIds = await three()
    for (const memberId of memberIds) await world.buy(clerk, memberId, storeId, [200_00])
    world.clock.travelDays(95)
    const isDone = async (id: number) => {
      const [rows] = await world.db.execute(sql`SELECT kept_until FROM member_tiers WHERE member_id = ${id}`)
      return (rows as unknown as { kept_until: string | null }[])[0]!.kept_until !== null
    }
    const job = { name: 'settle-tiers', run: () => settleTiers(server()), isDone }
    const result = await aroundSpoiled(memberIds, job, account)
    expect(result).toEqual({ aside: 1, named: namedAs(job.name, memberIds[1]!), without: others, after: whole })
  })

  it.each([
    ['whose account', account],
    ['whose profile', profile],
  ])('on birthdays, %s cannot be read', async (_what, damage) => {
    const memberIds = await three()
    for (const id of memberIds)
      await world.db.execute(sql`UPDATE members SET birth_month_day = '03-03' WHERE id = ${id}`)
    world.clock.travelDays(1)
    const isDone = async (id: number) => (await world.account(id)).balance === 200
    const job = { name: 'give-birthdays', run: () => giveBirthdays(server()), isDone }
    const result = await aroundSpoiled(memberIds, job, damage)
    expect(result).toEqual({ aside: 1, named: namedAs(job.name, memberIds[1]!), without: others, after: whole })
    await world.db.execute(sql`UPDATE members SET birth_month_day = NULL`)
  })

  it('when points are about to end', async () => {
    const phones = [
      await world.aPhone({ points: 30 }),
      await world.aPhone({ points: 30 }),
      await world.aPhone({ points: 30 }),
    ]
    for (const phone of phones) await world.hasCredits(phone, templates.expiry, 1)
    world.clock.travelDays(95)
    const openids = new Map(phones.map(({ memberId, openid }) => [memberId, openid]))
    const isDone = async (id: number) => (await world.received(openids.get(id)!)).length === 1
    const job = { name: 'expiry-reminders', run: () => remindExpiring(server()), isDone }
    const memberIds = phones.map(({ memberId }) => memberId)
    const result = await aroundSpoiled(memberIds, job, profile)
    expect(result).toEqual({ aside: 1, named: namedAs(job.name, memberIds[1]!), without: others, after: whole })
  })

  it('when a compensation is given, through as many members as there are', async () => {
    const admin = await world.asAdmin()
    const memberIds: number[] = []
    for (let count = 0; count < 300; count++) memberIds.push(await world.aMember())
    const spoiled = memberIds[7]!
    await account.spoil(spoiled)
    const whom = { by: 'members' as const, memberNos: memberIds.map(String) }
    await admin.call('POST /admin/compensations', { whom, points: 7, reason: '补偿', requestId: fresh() })
    await world.settle()
    await account.mend(spoiled)
    const balances = async () => Promise.all(memberIds.map(async (id) => (await world.account(id)).balance))
    expect(await balances()).toEqual(memberIds.map((id) => (id === spoiled ? 0 : 7)))
    world.clock.set(addMs(world.clock.now(), 60_000))
    await world.settle()
    expect(new Set(await balances())).toEqual(new Set([7]))
  })
})

describe('work for many members', () => {
  const run = (failing: (memberId: number) => unknown) =>
    settingAside(server(), 'trial', async (each) =>
      each(
        [1, 2, 3].map((memberId) => ({ memberId })),
        async ({ memberId }) => {
          const error = failing(memberId)
          if (error) throw error
          return memberId
        },
      ),
    )

  it('has the results of the other members, and counts the members set aside', async () => {
    expect(await run((id) => id === 2 && new Refusal('member.frozen'))).toEqual([1, 3])
    expect(written).toEqual([{ job: 'trial', memberId: 2, code: 'member.frozen' }])
    expect(await asideIn('trial')).toBe(1)
  })

  it('sets aside a member whose rows are locked', async () => {
    expect(await run((id) => id === 3 && new Refusal('database.unavailable'))).toEqual([1, 2])
  })

  it('ends when the database is not available, which is not the fault of a member', async () => {
    await expect(run(() => new Refusal('database.unavailable'))).rejects.toThrow('database.unavailable')
    expect(written).toEqual([])
  })
})
