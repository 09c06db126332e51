import type { Permission } from '@pointbook/shared/permissions'
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import type { AdminCaller } from '../../../platform/http.ts'
import { callerOf } from '../accounts/identify.ts'
import { admins } from '../accounts/tables.ts'
import type { ApprovalRules } from './rules.ts'
import type { KindName } from './tables.ts'

/** The permission of the operation itself, which its decider needs too. */
export const permissionOf = {
  adjustment: 'points.adjust',
  policy: 'policy.publish',
  purchase: 'purchases.correct',
} as const satisfies Record<KindName, Permission>

export type Account = Pick<AdminCaller, 'login' | 'role' | 'permissions' | 'storeIds'>

/** Active accounts whose owners have chosen their password. */
export async function readAccounts(db: Database): Promise<Account[]> {
  const rows = await db
    .select()
    .from(admins)
    .where(and(eq(admins.active, true), isNull(admins.oneTimeUntil)))
  return Promise.all(rows.map((admin) => callerOf(db, admin)))
}

/** The accounts that may decide on a kind in every store. */
export const decidersOf = (kind: KindName, accounts: readonly Account[]): Account[] =>
  accounts.filter(
    ({ permissions, storeIds }) =>
      storeIds === null && permissions.has('approvals.decide') && permissions.has(permissionOf[kind]),
  )

type Place = keyof ApprovalRules['adjustPoints']

/** Whether these rules ask for a second person where `before` did not, and somebody would have none. */
export function leaveSomebodyAlone(before: ApprovalRules, after: ApprovalRules, accounts: readonly Account[]): boolean {
  const places = (Object.keys(after.adjustPoints) as Place[]).filter(
    (place) => before.adjustPoints[place] === null && after.adjustPoints[place] !== null,
  )
  const isAlone = (kind: KindName, isAsker: (account: Account) => boolean) => {
    const deciders = decidersOf(kind, accounts)
    const askers = accounts.filter((account) => account.permissions.has(permissionOf[kind]) && isAsker(account))
    return deciders.length === 0 || askers.some(({ login }) => deciders.every((decider) => decider.login === login))
  }
  const isAt = (place: Place) => (account: Account) => placeOf(account.role) === place
  return (
    places.some((place) => isAlone('adjustment', isAt(place))) ||
    (after.policy && !before.policy && isAlone('policy', () => true))
  )
}

export const placeOf = (role: string): Exclude<Place, 'storeManager'> =>
  role === 'owner' || role === 'manager' ? role : 'ownRole'
