import { and, asc, eq, gt, inArray, isNotNull, notLike, or } from 'drizzle-orm'
import type { DataKeys } from '../../../platform/data-keys.ts'
import { ifReadable, isStale, type Sealing } from '../../../platform/sealing.ts'
import { admins } from './tables.ts'

const { login, totpSealed, totpPendingSealed } = admins

const isDue = (keys: DataKeys) =>
  or(...[totpSealed, totpPendingSealed].map((sealed) => and(isNotNull(sealed), notLike(sealed, `${keys.id}:%`))))

/** The secrets of second factors; they were never in the clear. */
export const secondFactorSealing: Sealing<string> = {
  name: 'second factors of',
  start: '',
  count: async (db, keys, which) => (which === 'clear' ? 0 : db.$count(admins, isDue(keys))),
  async due(db, keys, which, after, limit) {
    if (which === 'clear') return []
    const where = and(gt(login, after), isDue(keys))
    const rows = await db.select({ login }).from(admins).where(where).orderBy(asc(login)).limit(limit)
    return rows.map((row) => row.login)
  },
  async seal(tx, keys, logins) {
    const rows = await tx
      .select({ login, totpSealed, totpPendingSealed })
      .from(admins)
      .where(inArray(login, logins))
      .orderBy(login)
      .for('update')
    const unreadable: string[] = []
    const again = (sealed: string | null) => (sealed && isStale(keys, sealed) ? keys.seal(keys.open(sealed)) : sealed)
    for (const row of rows) {
      const changes = ifReadable(() => ({
        totpSealed: again(row.totpSealed),
        totpPendingSealed: again(row.totpPendingSealed),
      }))
      if (changes === null) unreadable.push(row.login)
      else await tx.update(admins).set(changes).where(eq(login, row.login))
    }
    return unreadable
  },
}
