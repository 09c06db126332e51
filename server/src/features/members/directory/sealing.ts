import { and, asc, eq, gt, inArray, isNotNull, ne, notLike, or } from 'drizzle-orm'
import type { DataKeys } from '../../../platform/data-keys.ts'
import { ifReadable, isStale, type Sealing, type Which } from '../../../platform/sealing.ts'
import { addressColumns, birthdayColumns, openidColumns } from './personal-data.ts'
import { type MemberRow, members } from './tables.ts'

/** What members have told of themselves, with the hashes by which it is looked up. */
export const memberSealing: Sealing = {
  name: 'members',
  count: (db, keys, which) => db.$count(members, isDue(keys, which)),
  due: async (db, keys, which, after, limit) => {
    const rows = await db
      .select({ id: members.id })
      .from(members)
      .where(and(gt(members.id, after), isDue(keys, which)))
      .orderBy(asc(members.id))
      .limit(limit)
    return rows.map(({ id }) => id)
  },
  async seal(tx, keys, ids) {
    const rows = await tx.select().from(members).where(inArray(members.id, ids)).orderBy(asc(members.id)).for('update')
    const unreadable: number[] = []
    for (const row of rows) {
      const changes = ifReadable(() => resealed(keys, row))
      if (!changes) unreadable.push(row.id)
      else if (Object.keys(changes).length > 0) await tx.update(members).set(changes).where(eq(members.id, row.id))
    }
    return unreadable
  },
}

function isDue(keys: DataKeys, which: Which) {
  const { openidUnsealed, addressUnsealed, birthdayUnsealed } = members
  const { openidSealed, phoneSealed, addressSealed, birthYearSealed } = members
  const inClear = [isNotNull(openidUnsealed), ne(addressUnsealed, ''), isNotNull(birthdayUnsealed)]
  if (which === 'clear') return or(...inClear)
  const stale = [openidSealed, phoneSealed, addressSealed, birthYearSealed].map((column) =>
    and(ne(column, ''), notLike(column, `${keys.id}:%`)),
  )
  return or(...inClear, ...stale)
}

function resealed(keys: DataKeys, row: MemberRow): Partial<MemberRow> {
  const { openidUnsealed, addressUnsealed, birthdayUnsealed } = row
  return {
    ...(openidUnsealed !== null && openidColumns(keys, openidUnsealed)),
    ...(isStale(keys, row.openidSealed) && openidColumns(keys, keys.open(row.openidSealed))),
    ...(isStale(keys, row.phoneSealed) && phoneAgain(keys, keys.open(row.phoneSealed))),
    ...(addressUnsealed !== '' && addressColumns(keys, addressUnsealed)),
    ...(isStale(keys, row.addressSealed) && addressColumns(keys, keys.open(row.addressSealed))),
    ...(birthdayUnsealed !== null && birthdayColumns(keys, birthdayUnsealed)),
    ...(isStale(keys, row.birthYearSealed) && { birthYearSealed: keys.seal(keys.open(row.birthYearSealed)) }),
  }
}

const phoneAgain = (keys: DataKeys, phone: string) => ({ phoneHash: keys.hash(phone), phoneSealed: keys.seal(phone) })
