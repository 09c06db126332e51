import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, count, eq } from 'drizzle-orm'
import { tierOf } from '../../core/tiers.ts'
import type { House } from '../../outside.ts'
import type { Database } from '../../platform/database/pool.ts'
import { profileOf } from '../members/profile.ts'
import { readMember } from '../members/store.ts'
import { memberNo } from '../members/words.ts'
import { inboxMessages } from '../messaging/tables.ts'
import { readAccount, readOpenLots } from '../points/store.ts'
import { pointsSummary } from '../points/summary.ts'
import { policyInForce } from '../policy/store.ts'
import { readStaffRole } from '../staff/store.ts'
import { readWorkplaces } from '../stores/store.ts'

/** All that the mini-program shows of its member at a glance. Throws `member.unknown`. */
export async function readMe({ db, clock, offsetMinutes }: House, memberId: number) {
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const [member, account, lots, { document: policy }, staff, unreadMessages] = await Promise.all([
    readMember(db, memberId),
    readAccount(db, memberId),
    readOpenLots(db, memberId),
    policyInForce(db, now),
    readStaff(db, memberId),
    countUnread(db, memberId),
  ])
  if (!member || !account) throw new Refusal('member.unknown')
  if (account.standing === 'cancelled') throw new Refusal('member.cancelled')
  const tier = tierOf(policy, account, today)
  return {
    memberId,
    memberNo: memberNo(memberId),
    phoneMasked: member.phoneMasked,
    standing: account.standing,
    joinedAt: member.joinedAt,
    profile: profileOf(member),
    points: pointsSummary(account, lots, today),
    tier: tier && { id: tier.id, name: tier.name, since: null },
    staff,
    unreadMessages,
  }
}

/** The member's role and the open stores they may work at; null for who is no clerk. */
async function readStaff(db: Database, memberId: number) {
  const held = await readStaffRole(db, memberId)
  if (!held) return null
  return { role: held.role, stores: await readWorkplaces(db, held.storeIds) }
}

async function countUnread(db: Database, memberId: number): Promise<number> {
  const [found] = await db
    .select({ unread: count() })
    .from(inboxMessages)
    .where(and(eq(inboxMessages.memberId, memberId), eq(inboxMessages.read, false)))
  return found?.unread ?? 0
}
