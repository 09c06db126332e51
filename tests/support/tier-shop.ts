import { inboxMessages } from '@pointbook/server/features/care/messages/tables'
import { settleTiers } from '@pointbook/server/features/points/tiers/settle'
import { memberTiersTable } from '@pointbook/server/features/points/tiers/tables'
import type { Benefit, Tier } from '@pointbook/shared/contract/points/policy'
import { and, eq, like } from 'drizzle-orm'
import { type aPolicy, aRule, earningBy, tiersOf } from './policies.ts'
import { aWorld } from './world.ts'

export const discount: Benefit = { class: 'shopping', type: 'discount', name: '全场九折', text: '购物享九折' }

export const level = (id: string, name: string, from: number, benefits: Benefit[] = []): Tier => ({
  id,
  name,
  from,
  multiplierBp: 10_000,
  benefits,
})

const levels = [
  level('basic', '普通', 0),
  level('silver', '银卡', 100_00, [discount]),
  level('gold', '金卡', 500_00),
  level('diamond', '钻石', 2_000_00),
]

/** Tiers by what was spent in the last three months, kept for thirty days. */
export const byMoney = {
  earning: earningBy([aRule({ gift: { type: 'rate', points: 1, perFen: 100 } })]),
  tiers: tiersOf(levels, { measure: 'spend', window: 'rolling', rollingMonths: 3, graceDays: 30 }),
}

export type World = Awaited<ReturnType<typeof aWorld>>

/** The whole server with one store, and the reads for tests of tiers. */
export async function aShop(policy: Parameters<typeof aPolicy>[0] = byMoney) {
  const world = await aWorld({ policy })
  const storeId = await world.aStore()
  const clerk = await world.aClerk([storeId])
  return {
    world,
    storeId,
    clerk,
    buy: (memberId: number, amountFen: number) => world.buy(clerk, memberId, storeId, [amountFen]),
    tier: async (memberId: number) => (await world.asMember(memberId)).call('GET /me/tier'),
    held: async (memberId: number) =>
      (await world.db.select().from(memberTiersTable).where(eq(memberTiersTable.memberId, memberId)))[0],
    inbox: async (memberId: number) => {
      await world.settle()
      const rows = await world.db
        .select()
        .from(inboxMessages)
        .where(and(eq(inboxMessages.memberId, memberId), like(inboxMessages.fact, 'tier/%')))
        .orderBy(inboxMessages.id)
      return rows.map(({ title, body }) => `${title}｜${body}`)
    },
  }
}

/** Runs the job on the morning after this many days. */
export async function daysLater(world: World, days: number): Promise<number> {
  world.clock.travelDays(days)
  return settleTiers(world.server)
}
