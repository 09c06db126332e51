import { dayOf } from '@pointbook/shared/day'
import { adminRef } from '@pointbook/shared/references'
import { differences, record } from '../../../platform/audit-log.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import { saveSetting } from '../../../platform/settings.ts'
import type { Server } from '../../../server.ts'
import { readOpenStores } from '../stores/store.ts'
import { lockShop, readShop } from './store.ts'

export function settingsRoutes(handle: Handle, { db, env, clock, offsetMinutes }: Server) {
  handle('GET /shop', async () => {
    const [shop, stores] = await Promise.all([readShop(db), readOpenStores(db)])
    const now = clock.now()
    return {
      ...shop,
      demo: env.mode !== 'production',
      now,
      today: dayOf(now, offsetMinutes),
      offsetMinutes,
      stores: stores.map(({ id: storeId, name, address, hours }) => ({ storeId, name, address, hours })),
      templates: { expiry: env.wechat.reminderTemplateId, pickup: env.wechat.pickupTemplateId },
    }
  })

  handle('GET /admin/settings', async () => {
    const shop = await readShop(db)
    return { ...shop, revision: revisionOf(shop) }
  })

  handle('PUT /admin/settings', async ({ input, caller: { login } }) => {
    const { revision, name, notice, servicePhone, cards } = input
    const [at, actor] = [clock.now(), adminRef(login)]
    const saved = await inTransaction(db, async (tx) => {
      const before = await lockShop(tx, at)
      const {
        leaveAfterDays = before.leaveAfterDays,
        rejoinAfterMonths = before.rejoinAfterMonths,
        keepLogMonths = before.keepLogMonths,
        keepMessagesMonths = before.keepMessagesMonths,
      } = input
      const terms = { leaveAfterDays, rejoinAfterMonths, keepLogMonths, keepMessagesMonths }
      const wanted = { name, notice, servicePhone, cards, ...terms }
      requireRevision(revision, before, wanted)
      const detail = differences(before, wanted)
      if (!detail) return wanted
      await saveSetting(tx, 'shop', wanted, at, actor)
      const line = { actor, action: 'settings.change', subject: 'settings', text: '修改店铺信息' } as const
      await record(tx, at, { ...line, detail })
      return wanted
    })
    return { revision: revisionOf(saved) }
  })
}
