import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, count, eq } from 'drizzle-orm'
import type { House } from '../../outside.ts'
import { gathered, oneOfKeys } from '../../platform/database/gathered.ts'
import type { Database } from '../../platform/database/pool.ts'
import { profileOf } from '../members/profile.ts'
import { readMember } from '../members/store.ts'
import { memberNo } from '../members/words.ts'
import { heirOf } from '../merging/store.ts'
import { inboxMessages } from '../messaging/tables.ts'
import { readAccount, readOpenLots } from '../points/store.ts'
import { pointsSummary } from '../points/summary.ts'
import { policyInForce } from '../policy/store.ts'
import { readStaffRole } from '../staff/store.ts'
import { readWorkplaces } from '../stores/store.ts'
import { readHeldTier } from '../tiers/store.ts'
import { ownTier } from '../tiers/view.ts'

/** All that the mini-program shows of its member at a glance. Throws `member.unknown`. */
export async function readMe({ db, clock, offsetMinutes }: House, memberId: number) {
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const [member, account, lots, { document: policy }, held, staff, [inbox]] = await Promise.all([
    readMember(db, memberId),
    readAccount(db, memberId),
    readOpenLots(db, memberId),
    policyInForce(db, now),
    readHeldTier(db, memberId),
    readStaff(db, memberId),
    unreadOf(db, memberId),
  ])
  if (!member || !account) throw new Refusal('member.unknown')
  if (account.standing === 'cancelled') {
    // Whoever is logged in as a double logs in again, and then as the one who took it in.
    const merged = (await heirOf(db, memberId)) !== memberId
    throw new Refusal(merged ? 'session.expired' : 'member.cancelled')
  }
  return {
    memberId,
    memberNo: memberNo(memberId),
    phoneMasked: member.phoneMasked,
    standing: account.standing,
    joinedAt: member.joinedAt,
    profile: profileOf(member),
    points: pointsSummary(account, lots, today),
    tier: ownTier({ policy, account, held, today }),
    staff,
    unreadMessages: inbox?.unread ?? 0,
  }
}

/** The member's role and the open stores they may work at; null for who is no clerk or may not work now. */
async function readStaff(db: Database, memberId: number) {
  const held = await readStaffRole(db, memberId)
  if (!held?.active) return null
  return { role: held.role, stores: await readWorkplaces(db, held.storeIds) }
}

const unreadOf = gathered(
  (db) => {
    const { memberId, read } = inboxMessages
    const unread = and(oneOfKeys(memberId), eq(read, false))
    return db.select({ memberId, unread: count() }).from(inboxMessages).where(unread).groupBy(memberId).prepare()
  },
  ({ memberId }) => memberId,
)
