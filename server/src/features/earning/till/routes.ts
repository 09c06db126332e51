import type { Policy } from '@pointbook/shared/contract/points/policy'
import { memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Handle } from '../../../platform/http.ts'
import { guessing, openTally } from '../../../platform/tally.ts'
import type { Server } from '../../../server.ts'
import { readMember } from '../../members/directory/store.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { requirePost, requireStore } from '../../shop/staff/identify.ts'
import { readClosedStores, readWorkplaces } from '../../shop/stores/store.ts'
import { readDayOf } from './day.ts'
import { lookUp } from './look-up.ts'
import { scan } from './scan.ts'

export function tillRoutes(handle: Handle, server: Server) {
  const { db, clock, misses } = server
  const lookUps = openTally({ most: 100, withinMs: 60 * 60_000, refusal: 'look-up.limit-reached' })

  handle('GET /clerk/me', async ({ caller: { memberId, role, storeIds } }) => {
    const [member, stores, closedStores, { document }] = await Promise.all([
      readMember(db, memberId),
      readWorkplaces(db, storeIds),
      readClosedStores(db),
      policyInForce(db, clock.now()),
    ])
    if (!member) throw new Refusal('member.unknown')
    return {
      clerkId: memberId,
      nickname: member.nickname,
      role,
      stores,
      closedStores,
      categories: categoriesOf(document),
    }
  })

  handle(
    'POST /clerk/scans',
    async ({ input, caller, request: { server: http } }) => {
      requireStore(caller, input.storeId)
      return scan(server, http, caller, input)
    },
    { perMinute: 120 },
  )

  handle(
    'POST /clerk/look-ups',
    async ({ input, caller, request: { server: http } }) => {
      requireStore(caller, input.storeId)
      const who = memberRef(caller.memberId)
      lookUps.requireAllowance(who)
      lookUps.add(who)
      return guessing(misses, who, () => lookUp(server, http, caller.memberId, input))
    },
    { perMinute: 20 },
  )

  handle('GET /clerk/day', async ({ input: { storeId }, caller }) => {
    requirePost(caller, storeId)
    return readDayOf(server, caller.memberId, storeId)
  })
}

/** The categories that rules name: the clerk's choices. */
function categoriesOf({ earning }: Policy): string[] {
  const named = earning.rules.flatMap(({ scope }) => [...scope.only.categories, ...scope.except.categories])
  return [...new Set(named)].sort((a, b) => a.localeCompare(b, 'zh'))
}
