import { inArray } from 'drizzle-orm'
import { erase, type PersonalPart, whole } from '../../members/directory/personal-part.ts'
import { policyInForce } from '../policy/store.ts'
import { memberTiersTable } from './tables.ts'

export const tierPersonal: PersonalPart = {
  sections: [
    whole(
      {
        title: '会员等级',
        columns: ['等级', '开始日', '保留到', '商家授予的等级', '授予日', '授予到', '授予原因'],
        of: memberTiersTable,
      },
      async ({ server, db }, { memberIds }) => {
        const { document: policy } = await policyInForce(server.db, server.clock.now())
        const nameOf = (tierId: string | null) => policy.tiers.levels.find(({ id }) => id === tierId)?.name ?? tierId
        const rows = await db.select().from(memberTiersTable).where(inArray(memberTiersTable.memberId, memberIds))
        return rows.map((one) => [
          nameOf(one.tierId),
          one.since,
          one.keptUntil,
          nameOf(one.grantedTierId),
          one.grantedOn,
          one.grantedUntil,
          one.grantReason,
        ])
      },
    ),
  ],
  leaving: [erase(memberTiersTable, memberTiersTable.memberId)],
}
