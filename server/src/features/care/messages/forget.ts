import { and, eq, like, or } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/pool.ts'
import { LEFT_NAME } from '../../members/directory/forget.ts'
import type { MemberRow } from '../../members/directory/store.ts'
import { inboxMessages } from './tables.ts'

const NAMED = /「[^」]*」/

/** Takes the name of a friend out of the messages about the invitation, which are in the inbox of the one who invited. */
export async function forgetFriend(tx: Transaction, { id: friendId }: MemberRow): Promise<void> {
  const { id, fact, kind, body } = inboxMessages
  const about = or(like(fact, `%referral%/${friendId}`), like(fact, `%referral%/${friendId}/%`))
  const rows = await tx
    .select({ id, body })
    .from(inboxMessages)
    .where(and(eq(kind, 'referral'), about))
  for (const row of rows)
    await tx
      .update(inboxMessages)
      .set({ body: row.body.replace(NAMED, `「${LEFT_NAME}」`) })
      .where(eq(id, row.id))
}
