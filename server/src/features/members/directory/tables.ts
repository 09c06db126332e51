import { char, index, int, mysqlTable, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { day, id, instant, shortDocument } from '../../../platform/database/columns.ts'

export const members = mysqlTable(
  'members',
  {
    id: id().primaryKey().autoincrement(),
    openid: varchar({ length: 64 }).notNull(),
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
    birthday: day(),
    /** The day on which the member entered it; null for members of older versions. */
    birthdaySetOn: day('birthday_set_on'),
    address: varchar({ length: 120 }).notNull(),
    /** The member's tags: read with the member at every purchase, written by `writeTags`. */
    tags: shortDocument<string[]>('tags', 2_200).notNull(),
    inviteCode: varchar('invite_code', { length: 12 }).notNull(),
    source: varchar({ length: 20 }).notNull(),
    joinedAt: instant('joined_at').notNull(),
  },
  (table) => [
    uniqueIndex('members_openid').on(table.openid),
    uniqueIndex('members_phone').on(table.phoneHash),
    uniqueIndex('members_invite_code').on(table.inviteCode),
    index('members_phone_tail').on(table.phoneTail),
    index('members_nickname').on(table.nickname),
    index('members_birthday').on(table.birthday),
    index('members_avatar').on(table.avatarUrl),
    index('members_joined_at').on(table.joinedAt),
  ],
)

/** The columns that rules use: read at every purchase, so fewer than the whole row. */
export const traits = bookTable(members, {
  order: 21,
  key: ['id'],
  only: ['id', 'tags', 'birthday', 'joinedAt', 'source'],
  locked: false,
})

export type Traits = Pick<typeof members.$inferSelect, 'tags' | 'birthday' | 'joinedAt' | 'source'>
