import { char, index, int, mysqlTable, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { day, id, instant } from '../../../platform/database/columns.ts'

/**
 * Requests of people under 14 to a guardian, one a person. A row is deleted when the person joins, and a day after its time is
 * over.
 */
export const guardianRequests = mysqlTable(
  'guardian_requests',
  {
    id: id().primaryKey().autoincrement(),
    /** The keyed hash of the child's openid, as in `members`. */
    childHash: char('child_hash', { length: 64 }).notNull(),
    /** The hash of the code in the link. */
    codeHash: char('code_hash', { length: 64 }).notNull(),
    /** Until when the guardian can confirm or, once confirmed, the child can join. */
    endsAt: instant('ends_at').notNull(),
    /** The last day on which a code was made, and how many that day. */
    madeOn: day('made_on').notNull(),
    made: int().notNull(),
    confirmedAt: instant('confirmed_at'),
    /** The keyed hash of the guardian's openid; '' before the confirmation. */
    guardianHash: varchar('guardian_hash', { length: 64 }).notNull(),
    phoneSealed: varchar('phone_sealed', { length: 200 }).notNull(),
    phoneMasked: varchar('phone_masked', { length: 20 }).notNull(),
    /** The version of the agreement that the guardian agreed to. */
    version: int().notNull(),
  },
  (table) => [
    uniqueIndex('guardian_requests_child').on(table.childHash),
    uniqueIndex('guardian_requests_code').on(table.codeHash),
    index('guardian_requests_ends').on(table.endsAt),
  ],
)

/** The guardians of members who joined under 14. */
export const guardians = mysqlTable('guardians', {
  memberId: id('member_id').primaryKey(),
  phoneSealed: varchar('phone_sealed', { length: 200 }).notNull(),
  phoneMasked: varchar('phone_masked', { length: 20 }).notNull(),
  /** The version of the agreement that the guardian agreed to, and when. */
  version: int().notNull(),
  confirmedAt: instant('confirmed_at').notNull(),
  /** When the guardian withdrew the consent, which ends the membership; null while it holds. */
  withdrawnAt: instant('withdrawn_at'),
})
