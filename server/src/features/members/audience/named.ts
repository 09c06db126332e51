import { and, eq, inArray, ne } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { members } from '../directory/tables.ts'
import { heirIn } from '../identities/store.ts'
import { mergedMembersTable } from '../identities/tables.ts'

/** The members with these numbers, each once, under the record that was kept; and the numbers of nobody, or of members who left. */
export async function readNamed(
  db: Database,
  memberNos: readonly string[],
): Promise<{ memberIds: number[]; unknown: string[] }> {
  const wanted = [...new Set(memberNos.map(Number))]
  const rows = await db
    .select({ named: members.id, memberId: pointsAccounts.memberId })
    .from(members)
    .leftJoin(mergedMembersTable, eq(mergedMembersTable.memberId, members.id))
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, heirIn(members.id)))
    .where(and(inArray(members.id, wanted), ne(pointsAccounts.standing, 'cancelled')))
  const known = new Set(rows.map(({ named }) => named))
  return {
    memberIds: [...new Set(rows.map(({ memberId }) => memberId))],
    unknown: [...new Set(memberNos)].filter((memberNo) => !known.has(Number(memberNo))),
  }
}
