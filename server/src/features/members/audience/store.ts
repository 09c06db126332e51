import type { Audience } from '@pointbook/shared/contract/members/audience'
import { dayOf } from '@pointbook/shared/day'
import { and, asc, eq, inArray, isNull, or, type SQL } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import type { Server } from '../../../server.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { isInTier } from '../../points/tiers/store.ts'
import { memberTiersTable } from '../../points/tiers/tables.ts'
import { mayPersonalise } from '../directory/allowed.ts'
import { members } from '../directory/tables.ts'
import { mergedMembersTable } from '../identities/tables.ts'
import { hasTag } from '../tags/store.ts'

/** The members of an audience, by number: active or frozen, each under the record that was kept. */
export async function readAudience(server: Server, audience: Audience): Promise<number[]> {
  const { db } = server
  const rows = await db
    .select({ memberId: members.id, choices: members.choices })
    .from(members)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, members.id))
    .leftJoin(memberTiersTable, eq(memberTiersTable.memberId, members.id))
    .leftJoin(mergedMembersTable, eq(mergedMembersTable.memberId, members.id))
    .where(
      and(
        isNull(mergedMembersTable.intoId),
        inArray(pointsAccounts.standing, ['active', 'frozen']),
        await isIn(server, audience),
      ),
    )
    .orderBy(asc(members.id))
  const personal = audience.by === 'tag'
  return rows.filter((row) => !personal || mayPersonalise(row)).map(({ memberId }) => memberId)
}

async function isIn({ db, clock, offsetMinutes }: Server, audience: Audience): Promise<SQL | undefined> {
  switch (audience.by) {
    case 'all':
      return undefined
    case 'tag':
      return or(...audience.tags.map((tag) => hasTag(db, tag)))
    case 'tier': {
      const now = clock.now()
      const { document: policy } = await policyInForce(db, now)
      return or(...audience.tierIds.map((tierId) => isInTier(policy, tierId, dayOf(now, offsetMinutes))))
    }
  }
}
