import { optionalPurposes } from '@pointbook/shared/purposes'
import { Refusal } from '@pointbook/shared/refusals'
import { and, count, eq, gte, type SQL } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { newestFirst } from '../../../platform/time-order.ts'
import { readAgreement } from '../../shop/agreement/store.ts'
import { isAllowed } from '../directory/allowed.ts'
import { readMember } from '../directory/store.ts'
import { members } from '../directory/tables.ts'
import { type Guardian, readGuardian } from '../guardians/store.ts'
import { consents } from './tables.ts'

const SHOWN = 100

/** What a member has agreed to, and each purpose with the last answer. Throws `member.unknown`. */
export async function readConsents(db: Database, memberId: number) {
  const [member, { version, publishedAt, changes }, guardian, history] = await Promise.all([
    readMember(db, memberId),
    readAgreement(db),
    readGuardian(db, memberId),
    readHistory(db, memberId),
  ])
  if (!member) throw new Refusal('member.unknown')
  const { agreedVersion, agreedAt, choices } = member
  return {
    agreement: { version, publishedAt, changes, agreedVersion, agreedAt },
    purposes: optionalPurposes.map((purpose) => ({
      purpose,
      allowed: isAllowed(member, purpose),
      saidAt: choices[purpose]?.at ?? null,
      version: choices[purpose]?.version ?? null,
    })),
    guardian: guardian && guardianView(guardian),
    history,
  }
}

const guardianView = ({ phoneMasked, version, confirmedAt, withdrawnAt }: Guardian) => ({
  phoneMasked,
  version,
  confirmedAt,
  withdrawnAt,
})

function readHistory(db: Database, ofMember: number) {
  const { id: consentId, memberId, subject, given, version, place, at, reason } = consents
  return db
    .select({ consentId, subject, given, version, place, at, reason })
    .from(consents)
    .where(eq(memberId, ofMember))
    .orderBy(...newestFirst(at, consentId))
    .limit(SHOWN)
}

/** The active members who have agreed to a version, and all active members. */
export async function countAgreed(db: Database, version: number): Promise<{ agreed: number; members: number }> {
  const countWhere = async (agreed?: SQL): Promise<number> => {
    const [row] = await db
      .select({ many: count() })
      .from(pointsAccounts)
      .innerJoin(members, eq(members.id, pointsAccounts.memberId))
      .where(and(eq(pointsAccounts.standing, 'active'), agreed))
    return row!.many
  }
  const [agreed, all] = await Promise.all([countWhere(gte(members.agreedVersion, version)), countWhere()])
  return { agreed, members: all }
}
