import { addMonths, dayOf, endOf } from '@pointbook/shared/day'
import { eq, type SQL } from 'drizzle-orm'
import type { MySqlTable } from 'drizzle-orm/mysql-core'
import { send } from '../../../book/events.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readShop } from '../../shop/settings/store.ts'
import { rememberLeft } from '../directory/left.ts'
import { lockMembers } from '../directory/lock.ts'
import { isWeChat, openidOf } from '../directory/personal-data.ts'
import type { Fate, PersonalPart } from '../directory/personal-part.ts'
import type { MemberRow } from '../directory/store.ts'
import { identitiesOf } from '../identities/store.ts'
import type { LeaveRequest } from './leaving.ts'
import { leaveRequests } from './tables.ts'

/**
 * Erases what no law keeps of a member whose membership has ended, in one transaction: every registered table, the pictures, the
 * sessions, and the name in texts about others. The account is cancelled, so no move writes these rows any more.
 */
export async function eraseMember(
  server: Server,
  { id, memberId }: Pick<LeaveRequest, 'id' | 'memberId'>,
  parts: readonly PersonalPart[],
): Promise<void> {
  const { db, clock, offsetMinutes } = server
  const now = clock.now()
  const memberIds = await identitiesOf(db, memberId)
  const { rejoinAfterMonths: rejoinMonths } = await readShop(db)
  const rememberedUntil = endOf(addMonths(dayOf(now, offsetMinutes), rejoinMonths), offsetMinutes)
  await inTransaction(db, async (tx) => {
    const people = await lockMembers(tx, memberIds)
    if (rejoinMonths > 0) await rememberLeft(tx, server, people.flatMap(identitiesIn(server)), rememberedUntil)
    // Before the tables, because it finds texts by what is still in them.
    for (const { forget } of parts) for (const person of people) await forget?.(tx, person)
    for (const { leaving } of parts)
      for (const fate of leaving) for (const one of memberIds) await apply(server, tx, fate, one)
    for (const { avatarUrl } of people) if (avatarUrl) await send(tx, 'picture.replaced', { url: avatarUrl }, now)
    await tx.update(leaveRequests).set({ state: 'done', endedAt: now }).where(eq(leaveRequests.id, id))
  })
}

const identitiesIn =
  ({ keys }: Server) =>
  (person: MemberRow): string[] => [
    ...(isWeChat(keys, person) ? [openidOf(keys, person)] : []),
    ...(person.phoneSealed ? [keys.open(person.phoneSealed)] : []),
  ]

async function apply(server: Server, tx: Transaction, fate: Fate, memberId: number): Promise<void> {
  if (fate.does === 'erase') await tx.delete(fate.table).where(eq(fate.by, memberId))
  if (fate.does === 'blank') await blankRows(tx, fate.table, fate.blanks(memberId, server), fate.rows(memberId))
}

const blankRows = (tx: Transaction, table: MySqlTable, blanks: object, rows: SQL) =>
  tx.update(table).set(blanks).where(rows)
