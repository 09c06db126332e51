import { asc, eq, inArray } from 'drizzle-orm'
import { erase, type PersonalPart, when, whole } from '../../members/directory/personal-part.ts'
import { stores } from '../stores/tables.ts'
import { staff, staffStores } from './tables.ts'

export const staffPersonal: PersonalPart = {
  sections: [
    whole({ title: '店员身份', columns: ['门店', '职务', '开始时间'], of: staff }, async (reader, { memberIds }) => {
      const rows = await reader.db
        .select({ store: stores.name, role: staff.role, since: staff.since })
        .from(staff)
        .innerJoin(staffStores, eq(staffStores.memberId, staff.memberId))
        .innerJoin(stores, eq(stores.id, staffStores.storeId))
        .where(inArray(staff.memberId, memberIds))
        .orderBy(asc(stores.id))
      return rows.map(({ store, role, since }) => [store, role === 'manager' ? '店长' : '店员', when(reader, since)])
    }),
  ],
  async obstacles({ db }, { memberIds }) {
    const posts = await db.$count(staff, inArray(staff.memberId, memberIds))
    return posts > 0 ? [{ text: '您还是门店的店员', advice: '请商家先取消职务', page: '' }] : []
  },
  leaving: [erase(staffStores, staffStores.memberId), erase(staff, staff.memberId)],
}
