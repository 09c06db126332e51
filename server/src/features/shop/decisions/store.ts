import type { Instant } from '@pointbook/shared/day'
import { type ActorRef, parseReference } from '@pointbook/shared/references'
import { and, count, eq, gte, inArray, isNull, ne, or, type SQL } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import { newestFirst, olderThan, type TimeMark } from '../../../platform/time-order.ts'
import { members } from '../../members/directory/tables.ts'
import { admins } from '../accounts/tables.ts'
import { type ApprovalRow, approvalsTable, type KindName } from '../approvals/tables.ts'
import { stores } from '../stores/tables.ts'

/** Who looks: the reference of the caller, and what they may decide on; `storeIds` is null for all stores. */
export interface Viewer {
  ref: ActorRef
  /** The member whose own purchases a clerk does not decide on. */
  memberId: number | null
  kinds: readonly KindName[]
  storeIds: readonly number[] | null
}

const { approvalId, asker, askedAt, kind, state, storeId, decidedAt } = approvalsTable

export async function readApproval(db: Database, id: number): Promise<ApprovalRow | undefined> {
  const [row] = await db.select().from(approvalsTable).where(eq(approvalId, id))
  return row
}

/** The rows of others on which the viewer may decide. */
function decidable({ ref, memberId, kinds, storeIds }: Viewer): SQL | undefined {
  if (kinds.length === 0 || storeIds?.length === 0) return undefined
  return and(
    inArray(kind, [...kinds]),
    ne(asker, ref),
    storeIds ? inArray(storeId, [...storeIds]) : undefined,
    memberId === null ? undefined : or(isNull(approvalsTable.memberId), ne(approvalsTable.memberId, memberId)),
  )
}

const own = ({ ref }: Viewer): SQL => eq(asker, ref)

/** Newest first: what the viewer asked for or may decide on. */
export const readApprovals = (
  db: Database,
  viewer: Viewer,
  { waiting, before, limit }: { waiting: boolean; before: TimeMark | undefined; limit: number },
): Promise<ApprovalRow[]> =>
  db
    .select()
    .from(approvalsTable)
    .where(
      and(
        waiting ? eq(state, 'waiting') : ne(state, 'waiting'),
        or(own(viewer), decidable(viewer)),
        olderThan(askedAt, approvalId, before),
      ),
    )
    .orderBy(...newestFirst(askedAt, approvalId))
    .limit(limit)

/** What waits for the viewer's decision, newest first. */
export async function readToDecide(db: Database, viewer: Viewer, limit: number): Promise<ApprovalRow[]> {
  const isMine = decidable(viewer)
  if (!isMine) return []
  return db
    .select()
    .from(approvalsTable)
    .where(and(eq(state, 'waiting'), isMine))
    .orderBy(...newestFirst(askedAt, approvalId))
    .limit(limit)
}

export async function countApprovals(db: Database, viewer: Viewer): Promise<{ toDecide: number; own: number }> {
  const isMine = decidable(viewer)
  const countOf = async (where: SQL | undefined) => {
    const [row] = await db.select({ many: count() }).from(approvalsTable).where(where)
    return row?.many ?? 0
  }
  const [toDecide, asked] = await Promise.all([
    isMine ? countOf(and(eq(state, 'waiting'), isMine)) : 0,
    countOf(own(viewer)),
  ])
  return { toDecide, own: asked }
}

/** What the viewer asked for and what still waits or was decided since. */
export const readOwn = (db: Database, viewer: Viewer, since: Instant, limit: number): Promise<ApprovalRow[]> =>
  db
    .select()
    .from(approvalsTable)
    .where(and(own(viewer), or(eq(state, 'waiting'), gte(decidedAt, since))))
    .orderBy(...newestFirst(askedAt, approvalId))
    .limit(limit)

interface Around {
  /** The name of a person; '' for ''. */
  personName(ref: ActorRef | ''): string
  nickname(memberId: number): string
  storeName(storeId: number): string
}

/** The names that approvals, and other persons' references, refer to. */
export async function readAround(
  db: Database,
  rows: readonly ApprovalRow[],
  others: readonly ActorRef[] = [],
): Promise<Around> {
  const people = [...others, ...rows.flatMap((row) => [row.asker, row.decider])].map(parseReference)
  const logins = people.flatMap((one) => (one?.kind === 'admin' && one.id ? [one.id] : []))
  const clerkIds = people.flatMap((one) => (one?.kind === 'clerk' ? [one.id] : []))
  const memberIds = [...clerkIds, ...rows.flatMap((row) => row.memberId ?? [])]
  const [accounts, named, places] = await Promise.all([
    logins.length
      ? db.select({ id: admins.login, name: admins.name }).from(admins).where(inArray(admins.login, logins))
      : [],
    memberIds.length
      ? db.select({ id: members.id, name: members.nickname }).from(members).where(inArray(members.id, memberIds))
      : [],
    db.select({ id: stores.id, name: stores.name }).from(stores),
  ])
  const nameIn = (list: readonly { id: number | string; name: string }[], id: number | string | null) =>
    list.find((one) => one.id === id)?.name ?? ''
  return {
    personName(ref) {
      const one = parseReference(ref)
      return one?.kind === 'clerk' ? `店员 ${nameIn(named, one.id)}` : nameIn(accounts, one?.id ?? null)
    },
    nickname: (id) => nameIn(named, id),
    storeName: (id) => nameIn(places, id),
  }
}
