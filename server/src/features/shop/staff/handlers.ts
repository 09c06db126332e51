import { eq } from 'drizzle-orm'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Handlers, Server } from '../../../server.ts'
import { staff, staffStores } from './tables.ts'

export const staffHandlers = ({ db }: Server) =>
  ({
    'member.merged': {
      handle: ({ keptId, doubleId }) => inTransaction(db, (tx) => givePost(tx, keptId, doubleId)),
    },
  }) satisfies Handlers

/** The kept member gets the stores of both records and the higher role. */
async function givePost(tx: Transaction, keptId: number, doubleId: number): Promise<void> {
  const [post] = await tx.select().from(staff).where(eq(staff.memberId, doubleId))
  if (!post) return
  const { role, since } = post
  const places = await tx.select().from(staffStores).where(eq(staffStores.memberId, doubleId))
  const set = role === 'manager' ? { role } : { memberId: keptId }
  await tx.insert(staff).values({ memberId: keptId, role, since }).onDuplicateKeyUpdate({ set })
  if (places.length > 0)
    await tx
      .insert(staffStores)
      .ignore()
      .values(places.map(({ storeId }) => ({ memberId: keptId, storeId })))
  await tx.delete(staffStores).where(eq(staffStores.memberId, doubleId))
  await tx.delete(staff).where(eq(staff.memberId, doubleId))
}
