import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import pLimit from 'p-limit'
import { record } from '../../../platform/audit-log.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { type Job, runAhead } from '../../../platform/schedule.ts'
import { readSetting, saveSetting } from '../../../platform/settings.ts'
import type { Server } from '../../../server.ts'

const DAY_MS = 86_400_000

/** The demo's clock: a journey runs all jobs of the days in between at their times. */
export function clockRoutes(handle: Handle, server: Server, jobs: readonly Job[]) {
  const { db, clock, env, offsetMinutes } = server
  const demo = env.mode !== 'production'
  // Two simultaneous journeys would both move the clock, but only one would be stored.
  const oneAtATime = pLimit(1)
  const aheadMs = async () => (await readSetting<number>(db, 'demo.ahead-ms'))?.value ?? 0

  handle('GET /admin/clock', async () => ({
    now: clock.now(),
    aheadDays: Math.round((await aheadMs()) / DAY_MS),
    demo,
  }))

  handle('POST /admin/clock', async ({ input: { days }, caller: { login } }) => {
    if (!demo) throw new Refusal('clock.fixed')
    return oneAtATime(() => travel(days, login))
  })

  async function travel(days: number, login: string) {
    const total = (await aheadMs()) + days * DAY_MS
    const done = await runAhead(jobs, { clock, offsetMinutes, days })
    const [at, actor] = [clock.now(), adminRef(login)]
    await inTransaction(db, async (tx) => {
      await saveSetting(tx, 'demo.ahead-ms', total, at, actor)
      await record(tx, at, { actor, action: 'clock.travel', subject: 'clock', text: `演示时间前进 ${days} 天` })
    })
    return {
      now: clock.now(),
      aheadDays: Math.round(total / DAY_MS),
      expiredPoints: done.get('expire-points') ?? 0,
      remindersSent: done.get('expiry-reminders') ?? 0,
      birthdays: done.get('give-birthdays') ?? 0,
      tiersChanged: done.get('settle-tiers') ?? 0,
    }
  }
}
