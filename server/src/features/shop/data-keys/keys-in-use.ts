import { ne } from 'drizzle-orm'
import type { DataKeys } from '../../../platform/data-keys.ts'
import { type Database, inTransaction } from '../../../platform/database/pool.ts'
import { UnusableDatabase } from '../../../platform/database/unusable.ts'
import { lockSetting, saveSetting } from '../../../platform/settings.ts'
import type { Outside } from '../../../server.ts'
import { members } from '../../members/directory/tables.ts'

// Stored: the ids of the keys with which something may be sealed.
const NAME = 'data-keys.in-use'

const UNKNOWN =
  'DATA_SECRET is not the one with which the personal data in the database is sealed: set that one. To change it, set the new one as DATA_SECRET and that one as DATA_SECRET_OLD, see "Changing DATA_SECRET" in the README.'

/** Notes the current key as in use. Throws `UnusableDatabase` when something may be sealed with a key that is not set. */
export const requireDataKeys = ({ db, keys, clock }: Pick<Outside, 'db' | 'keys' | 'clock'>): Promise<void> =>
  inTransaction(db, async (tx) => {
    const inUse = await lockSetting<string[]>(tx, NAME, [], clock.now())
    const known = inUse.length > 0 ? inUse.every((id) => keys.ids.includes(id)) : await opensFirst(db, keys)
    if (!known) throw new UnusableDatabase([UNKNOWN])
    if (!inUse.includes(keys.id)) await saveSetting(tx, NAME, [...inUse, keys.id], clock.now(), 'system')
  })

/** Notes that everything is sealed with the current key. */
export const forgetOldKeys = ({ db, keys, clock }: Pick<Outside, 'db' | 'keys' | 'clock'>): Promise<void> =>
  saveSetting(db, NAME, [keys.id], clock.now(), 'system')

/** The first release did not note its key: a value that it sealed tells whether it is known. */
async function opensFirst(db: Database, keys: DataKeys): Promise<boolean> {
  const { phoneSealed } = members
  const [row] = await db.select({ phoneSealed }).from(members).where(ne(phoneSealed, '')).limit(1)
  try {
    keys.open(row?.phoneSealed ?? '')
    return true
  } catch {
    return false
  }
}
