import { Refusal } from '@pointbook/shared/refusals'
import { and, count, eq } from 'drizzle-orm'
import { gathered, oneOfKeys } from '../../../platform/database/gathered.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { inboxMessages } from '../../care/messages/tables.ts'
import { readOpenLots } from '../../points/ledger/store.ts'
import { pointsSummary } from '../../points/ledger/summary.ts'
import { ownTier, readStanding } from '../../points/tiers/view.ts'
import { agreementInForce } from '../../shop/agreement/store.ts'
import { readStaffRole } from '../../shop/staff/store.ts'
import { readWorkplaces } from '../../shop/stores/store.ts'
import { readMember } from '../directory/store.ts'
import { memberNo } from '../directory/words.ts'
import { heirOf } from '../identities/store.ts'
import { profileOf } from '../profile/profile.ts'

/** All that the mini-program shows of its member at a glance. Throws `member.unknown`. */
export async function readMe(server: Server, memberId: number) {
  const { db, keys } = server
  const [member, standing, lots, staff, [inbox], agreement] = await Promise.all([
    readMember(db, memberId),
    readStanding(server, memberId),
    readOpenLots(db, memberId),
    readStaff(db, memberId),
    unreadOf(db, memberId),
    agreementInForce(db),
  ])
  if (!member) throw new Refusal('member.unknown')
  const { account, today } = standing
  if (account.standing === 'cancelled') {
    // A session of a double ends; the next log-in opens the record it was merged into.
    const merged = (await heirOf(db, memberId)) !== memberId
    throw new Refusal(merged ? 'session.expired' : 'member.cancelled')
  }
  return {
    memberId,
    memberNo: memberNo(memberId),
    phoneMasked: member.phoneMasked,
    standing: account.standing,
    joinedAt: member.joinedAt,
    profile: profileOf(keys, member),
    points: pointsSummary(account, lots, today),
    tier: ownTier(standing),
    staff,
    unreadMessages: inbox?.unread ?? 0,
    agreementOutdated: member.agreedVersion < agreement,
  }
}

/** The member's role and the open stores they may work at; null for who is no clerk or may not work now. */
async function readStaff(db: Database, memberId: number) {
  const staffRole = await readStaffRole(db, memberId)
  if (!staffRole?.active) return null
  return { role: staffRole.role, stores: await readWorkplaces(db, staffRole.storeIds) }
}

const unreadOf = gathered(
  (db) => {
    const { memberId, read } = inboxMessages
    const unread = and(oneOfKeys(memberId), eq(read, false))
    return db.select({ memberId, unread: count() }).from(inboxMessages).where(unread).groupBy(memberId).prepare()
  },
  ({ memberId }) => memberId,
)
