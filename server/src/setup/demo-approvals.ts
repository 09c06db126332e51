import { adminRef, clerkRef } from '@pointbook/shared/references'
import { asc, eq, inArray } from 'drizzle-orm'
import { recordOrAsk } from '../features/earning/purchases/approval.ts'
import { plainlyPaid } from '../features/earning/purchases/tables.ts'
import { members } from '../features/members/directory/tables.ts'
import { adjustOrAsk } from '../features/points/ledger/approval.ts'
import { publishOrAsk } from '../features/points/policy/approval.ts'
import { latestVersion, policyInForce } from '../features/points/policy/store.ts'
import { admins } from '../features/shop/accounts/tables.ts'
import { type ApprovalRules, RULES } from '../features/shop/approvals/rules.ts'
import { staff } from '../features/shop/staff/tables.ts'
import { saveSetting } from '../platform/settings.ts'
import type { Server } from '../server.ts'
import { regulars } from './demo-data.ts'

/** A manager who cannot log in before the owner resets the password. */
const manager = { login: 'manager', name: '沈经理', role: 'manager', passwordHash: '' }

const MOST_POINTS = 500
const MOST_FEN = 2_000_00

// The publication waits although the rule is off: a demo with one person must be able to publish.
const rules: ApprovalRules = {
  adjustPoints: { owner: null, manager: MOST_POINTS, ownRole: MOST_POINTS, storeManager: MOST_POINTS },
  policy: false,
  purchaseFen: MOST_FEN,
}

/** One of each kind waits for the owner. */
export async function playApprovals(server: Server, storeId: number): Promise<void> {
  const { db, book, clock } = server
  await saveSetting(db, RULES, rules, clock.now(), 'system')
  await db.insert(admins).ignore().values(manager)
  const [one, other] = await db
    .select({ memberId: members.id })
    .from(members)
    .where(inArray(members.nickname, regulars.slice(0, 6)))
    .orderBy(asc(members.id))
    .limit(2)
  const [clerk] = await db
    .select({ memberId: staff.memberId })
    .from(staff)
    .where(eq(staff.role, 'clerk'))
    .orderBy(asc(staff.memberId))
    .limit(1)
  const actor = adminRef(manager.login)
  if (one) {
    const wish = { memberId: one.memberId, points: 1_200, reason: '会员生日会活动奖励', requestId: 'demo-approval' }
    await book.make(adjustOrAsk, { ...wish, actor, mostPoints: MOST_POINTS })
  }
  if (other && clerk)
    await book.make(recordOrAsk, {
      memberId: other.memberId,
      storeId,
      requestId: 'demo-held-purchase',
      lines: [{ name: '公司下午茶', category: '咖啡', quantity: 80, amountFen: 2_560_00 }],
      paid: plainlyPaid,
      actor: clerkRef(clerk.memberId),
      mostFen: MOST_FEN,
    })
  const [{ document }, basedOn] = await Promise.all([policyInForce(db, clock.now()), latestVersion(db)])
  const policy = { ...document, reminder: { ...document.reminder, daysBefore: 14 } }
  const asking = { policy, note: '到期前两周提醒会员', basedOn, by: manager.name, requestId: 'demo-policy' }
  await book.make(publishOrAsk, { ...asking, actor, demanded: true })
}
