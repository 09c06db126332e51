import { Refusal } from '@pointbook/shared/refusals'
import type { House } from '../../outside.ts'
import { record } from '../../platform/audit-log.ts'
import type { Handle } from '../../platform/http.ts'
import { readSetting, saveSetting } from '../../platform/settings.ts'
import { remindExpiring } from '../messaging/jobs.ts'
import { expirePoints } from '../points/jobs.ts'

const DAY_MS = 86_400_000

/** The demo's clock: travelling runs the jobs of each day passed, as the nights between would have. */
export function clockRoutes(handle: Handle, house: House) {
  const { db, clock, env } = house
  const demo = env.mode !== 'production'
  const aheadMs = async () => (await readSetting<number>(db, 'demo.ahead-ms'))?.value ?? 0

  handle('GET /admin/clock', async () => ({
    now: clock.now(),
    aheadDays: Math.round((await aheadMs()) / DAY_MS),
    demo,
  }))

  handle('POST /admin/clock', async ({ input: { days }, caller: { login } }) => {
    if (!demo) throw new Refusal('clock.fixed')
    const total = (await aheadMs()) + days * DAY_MS
    let expiredPoints = 0
    let remindersSent = 0
    for (let passed = 0; passed < days; passed++) {
      clock.travel(DAY_MS)
      expiredPoints += await expirePoints(house)
      remindersSent += await remindExpiring(house)
    }
    await saveSetting(db, 'demo.ahead-ms', total, clock.now(), `admin/${login}`)
    await record(db, clock.now(), {
      actor: `admin/${login}`,
      action: 'clock.travel',
      subject: 'clock',
      text: `演示时间前进 ${days} 天`,
    })
    return { now: clock.now(), aheadDays: Math.round(total / DAY_MS), expiredPoints, remindersSent }
  })
}
