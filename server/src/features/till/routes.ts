import type { Policy } from '@pointbook/shared/contract/policy'
import { Refusal } from '@pointbook/shared/refusals'
import type { House } from '../../outside.ts'
import type { Handle } from '../../platform/http.ts'
import { readMember } from '../members/store.ts'
import { policyInForce } from '../policy/store.ts'
import { requireStore } from '../staff/identify.ts'
import { readWorkplaces } from '../stores/store.ts'
import { readDayOf } from './day.ts'
import { scan } from './scan.ts'

export function tillRoutes(handle: Handle, house: House) {
  const { db, clock } = house

  handle('GET /clerk/me', async ({ caller: { memberId, role, storeIds } }) => {
    const [member, stores, { document }] = await Promise.all([
      readMember(db, memberId),
      readWorkplaces(db, storeIds),
      policyInForce(db, clock.now()),
    ])
    if (!member) throw new Refusal('member.unknown')
    return { nickname: member.nickname, role, stores, categories: categoriesOf(document) }
  })

  handle(
    'POST /clerk/scans',
    async ({ input, caller, request: { server } }) => {
      requireStore(caller, input.storeId)
      return scan(house, server, caller.memberId, input)
    },
    { perMinute: 120 },
  )

  handle('GET /clerk/day', async ({ input: { storeId }, caller }) => {
    if (!caller.storeIds.includes(storeId)) throw new Refusal('store.foreign')
    return readDayOf(house, caller.memberId, storeId)
  })
}

/** The categories that the rules tell apart: those a clerk has to choose from. */
function categoriesOf({ earning }: Policy): string[] {
  const named = earning.rules.flatMap(({ scope }) => [...scope.only.categories, ...scope.except.categories])
  return [...new Set(named)].sort((a, b) => a.localeCompare(b, 'zh'))
}
