import { clerkRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, inArray, like } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import type { FoundBy } from '../../members/codes/visits.ts'
import { identitiesOf } from '../../members/identities/store.ts'
import { adjustOrAsk, overLimit } from '../../points/ledger/approval.ts'
import { type Adjustment, adjust } from '../../points/ledger/moves.ts'
import { readAccount } from '../../points/ledger/store.ts'
import { ordersTable } from '../../spending/mall/tables.ts'
import { readApprovalRules } from '../approvals/rules.ts'
import { staffStores } from '../staff/tables.ts'

/** A store manager's day has room for so many adjustments of the greatest size. */
const DAY_TIMES = 5

interface Wish {
  managerId: number
  memberId: number
  foundBy: FoundBy
  storeId: number
  /** Positive to add, negative to remove. */
  points: number
}

/** What an adjustment would do now, and why it would wait for a second person; '' when it would not. */
export async function previewAdjustment({ db, book }: Server, wish: Wish) {
  await requireAdjustable(db, wish)
  const input = await adjustmentOf(db, wish, { reason: '', requestId: '' })
  const because = overLimit(input)
  const [account, { balance }] = await Promise.all([
    readAccount(db, wish.memberId),
    book.preview(adjust, because === null ? input : { ...input, day: undefined }),
  ])
  return { before: account!.balance, balance, because: because ?? '' }
}

interface Words {
  /** The balance afterwards that the manager saw. */
  balance: number
  reason: string
  requestId: string
}

/** Adjusts the points at once, or hands the adjustment in for a second person when it is above the limit. */
export async function makeAdjustment({ db, book }: Server, wish: Wish, { balance, ...words }: Words) {
  const input = await adjustmentOf(db, wish, words)
  // A repeated request gets its first answer, whatever has happened to the member since.
  if ((await book.made(adjustOrAsk, input)) === undefined) await requireAdjustable(db, wish)
  return book.make(adjustOrAsk, { ...input, shown: { balance } })
}

async function adjustmentOf(
  db: Database,
  { managerId, memberId, storeId, points }: Wish,
  words: Pick<Words, 'reason' | 'requestId'>,
): Promise<Adjustment> {
  const { storeManager: mostPoints } = (await readApprovalRules(db)).adjustPoints
  const day = mostPoints === null ? undefined : { managerId, mostPoints: mostPoints * DAY_TIMES }
  return { memberId, points, ...words, actor: clerkRef(managerId), storeId, mostPoints, day }
}

/** Throws `adjustment.own`, `member.frozen` or `adjustment.stranger`. */
async function requireAdjustable(db: Database, { managerId, memberId, foundBy, storeId }: Wish): Promise<void> {
  if (memberId === managerId || (await worksAt(db, memberId, storeId))) throw new Refusal('adjustment.own')
  if ((await readAccount(db, memberId))?.standing === 'frozen') throw new Refusal('member.frozen')
  // A shown code proves that the member is here; a number that the manager typed does not.
  if (foundBy !== 'code' && !(await hasBeenAt(db, memberId, storeId))) throw new Refusal('adjustment.stranger')
}

async function worksAt(db: Database, memberId: number, storeId: number): Promise<boolean> {
  return (await db.$count(staffStores, and(eq(staffStores.memberId, memberId), eq(staffStores.storeId, storeId)))) > 0
}

/** Whether the member has bought or redeemed something at the store. */
async function hasBeenAt(db: Database, memberId: number, storeId: number): Promise<boolean> {
  const ids = await identitiesOf(db, memberId)
  const { memberId: whose, cause, ref } = pointsEntries
  const [bought, redeemed] = await Promise.all([
    db.$count(
      pointsEntries,
      and(inArray(whose, ids), inArray(cause, ['purchase', 'return', 'offset']), like(ref, `${storeId}/%`)),
    ),
    db.$count(ordersTable, and(inArray(ordersTable.memberId, ids), eq(ordersTable.storeId, storeId))),
  ])
  return bought + redeemed > 0
}
