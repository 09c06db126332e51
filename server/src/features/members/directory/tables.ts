import type { Instant } from '@pointbook/shared/day'
import type { OptionalPurpose } from '@pointbook/shared/purposes'
import { sql } from 'drizzle-orm'
import { char, index, int, mysqlTable, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { day, id, instant, shortDocument } from '../../../platform/database/columns.ts'

/** A member's last answer to a purpose, and the version of the agreement it belongs to. */
export interface Choice {
  allowed: boolean
  version: number
  at: Instant
}

export type Choices = Partial<Record<OptionalPurpose, Choice>>

export const members = mysqlTable(
  'members',
  {
    id: id().primaryKey().autoincrement(),
    /** Keyed hash for look-up; the openid itself only sealed. Null until `openidUnsealed` is sealed. */
    openidHash: char('openid_hash', { length: 64 }),
    openidSealed: varchar('openid_sealed', { length: 200 }).notNull().default(''),
    /** Of the first release; emptied by the job `seal-personal-data`. The next release drops it. */
    openidUnsealed: varchar('openid', { length: 64 }),
    /** Keyed hash of the number, for look-up; the number itself only sealed. */
    phoneHash: char('phone_hash', { length: 64 }).notNull(),
    phoneSealed: varchar('phone_sealed', { length: 200 }).notNull(),
    phoneMasked: varchar('phone_masked', { length: 20 }).notNull(),
    phoneTail: char('phone_tail', { length: 4 }).notNull(),
    nickname: varchar({ length: 20 }).notNull(),
    avatarUrl: varchar('avatar_url', { length: 200 }).notNull(),
    /** The last day on which the member sent pictures, and how many that day. */
    picturesOn: day('pictures_on'),
    picturesSent: int('pictures_sent').notNull().default(0),
    sex: varchar({ length: 10 }).$type<'unknown' | 'female' | 'male'>().notNull(),
    /** `MM-DD`, readable for rules and greetings; the year is optional and sealed. */
    birthMonthDay: char('birth_month_day', { length: 5 }),
    birthYearSealed: varchar('birth_year_sealed', { length: 100 }).notNull().default(''),
    /** Of the first release; emptied by the job `seal-personal-data`. The next release drops it. */
    birthdayUnsealed: day('birthday'),
    /** The day on which the member entered it; null for members of older versions. */
    birthdaySetOn: day('birthday_set_on'),
    addressSealed: varchar('address_sealed', { length: 800 }).notNull().default(''),
    /** Of the first release; emptied by the job `seal-personal-data`. The next release drops it. */
    addressUnsealed: varchar('address', { length: 120 }).notNull().default(''),
    /** The member's tags: read with the member at every purchase, written by `writeTags`. */
    tags: shortDocument<string[]>('tags', 2_200).notNull(),
    /** The last answer to each purpose that was answered; `consents` has them all, and writes them. */
    choices: shortDocument<Choices>('choices', 500).notNull().default(sql`'{}'`),
    /** The version of the agreement that the member has agreed to, and when; 0 where it was not counted. */
    agreedVersion: int('agreed_version').notNull().default(0),
    agreedAt: instant('agreed_at'),
    inviteCode: varchar('invite_code', { length: 12 }).notNull(),
    source: varchar({ length: 20 }).notNull(),
    joinedAt: instant('joined_at').notNull(),
  },
  (table) => [
    uniqueIndex('members_openid_hash').on(table.openidHash),
    uniqueIndex('members_openid').on(table.openidUnsealed),
    uniqueIndex('members_phone').on(table.phoneHash),
    uniqueIndex('members_invite_code').on(table.inviteCode),
    index('members_phone_tail').on(table.phoneTail),
    index('members_nickname').on(table.nickname),
    index('members_birth_month_day').on(table.birthMonthDay),
    index('members_avatar').on(table.avatarUrl),
    index('members_joined_at').on(table.joinedAt),
  ],
)

export type MemberRow = typeof members.$inferSelect

/** The columns that rules use: read at every purchase, so fewer than the whole row. */
export const traits = bookTable(members, {
  order: 21,
  key: ['id'],
  only: ['id', 'tags', 'birthMonthDay', 'choices', 'joinedAt', 'source'],
  locked: false,
})

export type Traits = Pick<typeof members.$inferSelect, 'tags' | 'birthMonthDay' | 'choices' | 'joinedAt' | 'source'>

/**
 * Keyed hashes of phones and WeChat accounts of members who have left, so that the welcome gift is given once a person. Each ends
 * with the time that the shop has set and that the member was told.
 */
export const leftIdentities = mysqlTable(
  'left_identities',
  {
    hash: char({ length: 64 }).primaryKey(),
    endsAt: instant('ends_at').notNull(),
  },
  (table) => [index('left_identities_ends').on(table.endsAt)],
)
