import { couponNo, couponSources, couponStates } from '@pointbook/shared/coupons'
import { yuan } from '@pointbook/shared/money'
import { and, desc, eq, inArray } from 'drizzle-orm'
import {
  blank,
  keep,
  type PersonalPart,
  sliced,
  thenErased,
  thenStays,
  when,
} from '../../members/directory/personal-part.ts'
import { couponHoldersTable, couponsTable, couponTermsTable, granteesTable } from './tables.ts'

const { memberId, seq, kindId, version, grantedAt } = couponsTable

const COUNTED = '券的张数和金额要与预算对得上，其中没有人的信息'

export const couponPersonal: PersonalPart = {
  sections: [
    sliced(
      {
        title: '优惠券',
        columns: ['获得时间', '券号', '名称', '来源', '状态', '有效期至', '优惠金额（元）', '小票', '说明'],
        of: couponsTable,
      },
      async (reader, { memberIds }, { offset, limit }) => {
        const rows = await reader.db
          .select({ coupon: couponsTable, name: couponTermsTable.name })
          .from(couponsTable)
          .innerJoin(couponTermsTable, and(eq(couponTermsTable.kindId, kindId), eq(couponTermsTable.version, version)))
          .where(inArray(memberId, memberIds))
          .orderBy(desc(grantedAt), desc(memberId), desc(seq))
          .limit(limit)
          .offset(offset)
        return rows.map(({ coupon, name }) => [
          when(reader, coupon.grantedAt),
          couponNo(coupon),
          name,
          couponSources[coupon.source],
          couponStates[coupon.state],
          coupon.validUntil,
          yuan(coupon.savedFen),
          coupon.usedFor,
          coupon.reason,
        ])
      },
    ),
  ],
  leaving: [
    blank(
      couponsTable,
      'transactions',
      (one) => eq(memberId, one),
      () => ({ reason: '' }),
      thenStays(COUNTED),
    ),
    keep(couponHoldersTable, 'transactions', thenStays(COUNTED)),
    keep(granteesTable, 'transactions', thenErased(granteesTable.memberId)),
  ],
}
