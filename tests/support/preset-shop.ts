import { presets } from '@pointbook/config/policies/presets'
import { type Act, recordAct } from '@pointbook/server/features/earning/events/acts'
import { readProfile } from '@pointbook/server/features/earning/events/traits'
import { register } from '@pointbook/server/features/members/directory/register'
import { members } from '@pointbook/server/features/members/directory/tables'
import type { Api } from '@pointbook/shared/contract/index'
import { type Day, dayOf } from '@pointbook/shared/day'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { aWorld, fresh, NOON } from './world.ts'

type Receipt = Api['POST /clerk/purchases']['input']
type Line = Receipt['lines'][number]

/** A line of a receipt; without a category it is just goods. */
export const line = (yuan: number, more: Partial<Line> = {}): Line => ({
  name: '商品',
  quantity: 1,
  amountFen: Math.round(yuan * 100),
  ...more,
})

let phones = 13_700_000_000

export type PresetShop = Awaited<ReturnType<typeof aShopLike>>

/** Opens such a shop for a group of tests; each begins on a Monday without campaigns. */
export function opens(key: string, take: (shop: PresetShop) => void) {
  let shop: PresetShop
  beforeAll(async () => {
    shop = await aShopLike(key)
    take(shop)
  })
  beforeEach(() => shop.on('2026-03-02'))
  afterAll(() => shop.close())
}

/** The whole server under a preset's policy, with typical actions in such a shop. */
async function aShopLike(key: string) {
  const { policy } = presets(dayOf(NOON, 480)).find((preset) => preset.key === key)!
  const world = await aWorld({ policy })
  const storeId = await world.aStore()
  const clerk = await world.aClerk([storeId])
  const { book, clock, db, server } = world

  async function buys(memberId: number, lines: Line[], more: Partial<Receipt> = {}) {
    const visit = await world.aVisit(clerk, memberId, storeId)
    const draft = { visit, storeId, requestId: fresh('draft'), receiptNo: fresh('R') }
    return clerk.call('POST /clerk/purchases', { ...draft, lines, ...more })
  }

  return {
    ...world,
    storeId,
    clerk,
    /** The clock stands at noon of a day in the shop. */
    on: (day: Day) => clock.set(`${day}T04:00:00.000Z`),
    buys,
    /** The points of a purchase by a new member. */
    earns: async (...lines: Line[]) => (await buys(await world.aMember(), lines)).points,
    /** Registers a member, with a friend's invitation if there is one. */
    async registers(inviterId?: number): Promise<number> {
      const [inviter] = inviterId ? await db.select().from(members).where(eq(members.id, inviterId)) : []
      const inviteCode = inviter?.inviteCode ?? ''
      const phone = String(++phones)
      const source = inviter ? 'invitation' : 'mini-program'
      const memberId = await register(server, { openid: fresh('o'), phone, inviteCode, source })
      await world.settle()
      return memberId
    },
    /** The points of something done that is no purchase. */
    async does(memberId: number, trigger: Act['trigger'], { code = '', amountFen = 0 } = {}): Promise<number> {
      const profile = await readProfile(server, memberId)
      const what = { memberId, trigger, code, ref: fresh(), amountFen, quantity: 1, profile, actor: 'system' as const }
      return (await book.make(recordAct, what)).points
    },
    /** The points of check-ins on this many days in a row, starting today. */
    async checksIn(memberId: number, days: number): Promise<number[]> {
      const me = await world.asMember(memberId)
      const points: number[] = []
      for (let day = 0; day < days; day++) {
        points.push((await me.call('POST /me/check-ins')).points)
        clock.travelDays(1)
      }
      return points
    },
    balance: async (memberId: number) => (await world.account(memberId)).balance,
    tierName: async (memberId: number) => (await (await world.asMember(memberId)).call('GET /me')).tier?.name,
    /** The points left on a day, after the server's expiry job. */
    async leftOn(day: Day, memberId: number): Promise<number> {
      clock.set(`${day}T04:00:00.000Z`)
      await world.app.jobs.find(({ name }) => name === 'expire-points')!.run()
      return (await world.account(memberId)).balance
    },
  }
}
