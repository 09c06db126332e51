import { and, asc, eq, gt, inArray, notLike } from 'drizzle-orm'
import { ifReadable, isStale, type Sealing } from '../../../platform/sealing.ts'
import { apiKeys } from './tables.ts'

const { id, secretSealed } = apiKeys

/** The secrets of other systems' keys; they were never in the clear. */
export const apiKeySealing: Sealing = {
  name: 'API keys',
  count: async (db, keys, which) => (which === 'clear' ? 0 : db.$count(apiKeys, notLike(secretSealed, `${keys.id}:%`))),
  async due(db, keys, which, after, limit) {
    if (which === 'clear') return []
    const rows = await db
      .select({ id })
      .from(apiKeys)
      .where(and(gt(id, after), notLike(secretSealed, `${keys.id}:%`)))
      .orderBy(asc(id))
      .limit(limit)
    return rows.map((row) => row.id)
  },
  async seal(tx, keys, ids) {
    const rows = await tx.select({ id, secretSealed }).from(apiKeys).where(inArray(id, ids)).orderBy(id).for('update')
    const unreadable: number[] = []
    for (const row of rows) {
      if (!isStale(keys, row.secretSealed)) continue
      const again = ifReadable(() => keys.seal(keys.open(row.secretSealed)))
      if (again === null) unreadable.push(row.id)
      else await tx.update(apiKeys).set({ secretSealed: again }).where(eq(id, row.id))
    }
    return unreadable
  },
}
