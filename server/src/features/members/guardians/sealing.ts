import { and, asc, eq, gt, inArray, ne, notLike } from 'drizzle-orm'
import { ifReadable, isStale, type Sealing } from '../../../platform/sealing.ts'
import { guardianRequests, guardians } from './tables.ts'

/** The sealed phone numbers of a table of guardians. */
function phoneSealing(name: string, table: typeof guardians | typeof guardianRequests): Sealing {
  const key = table === guardians ? guardians.memberId : guardianRequests.id
  const { phoneSealed } = table
  const isDue = (keyId: string) => and(ne(phoneSealed, ''), notLike(phoneSealed, `${keyId}:%`))
  return {
    name,
    // They were never in the clear.
    count: async (db, keys, which) => (which === 'clear' ? 0 : db.$count(table, isDue(keys.id))),
    async due(db, keys, which, after, limit) {
      if (which === 'clear') return []
      const due = and(gt(key, after), isDue(keys.id))
      const rows = await db.select({ id: key }).from(table).where(due).orderBy(asc(key)).limit(limit)
      return rows.map(({ id }) => id)
    },
    async seal(tx, keys, ids) {
      const columns = { id: key, phoneSealed }
      const rows = await tx.select(columns).from(table).where(inArray(key, ids)).orderBy(asc(key)).for('update')
      const unreadable: number[] = []
      for (const row of rows) {
        if (!isStale(keys, row.phoneSealed)) continue
        const again = ifReadable(() => keys.seal(keys.open(row.phoneSealed)))
        if (again === null) unreadable.push(row.id)
        else await tx.update(table).set({ phoneSealed: again }).where(eq(key, row.id))
      }
      return unreadable
    },
  }
}

export const guardianSealing = phoneSealing('guardians', guardians)

export const guardianRequestSealing = phoneSealing('requests to guardians', guardianRequests)
