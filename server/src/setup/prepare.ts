import { firstPolicy } from '@pointbook/config/policies/first'
import { addMs } from '@pointbook/shared/day'
import type { App } from '../app.ts'
import { publishFirst } from '../features/points/policy/store.ts'
import { ensureAdmin } from '../features/shop/accounts/log-in.ts'
import { publishStandard } from '../features/shop/agreement/store.ts'
import type { Database } from '../platform/database/pool.ts'
import { readSetting } from '../platform/settings.ts'
import { seedDemo } from './demo.ts'

const LONG_AGO_MS = 400 * 86_400_000

/** Prepares a shop for its first request: a policy, a login of the panel, the agreement, and the demo data in a demo. */
export async function prepareShop(app: App): Promise<void> {
  await publishFirst(app.server, firstPolicy(app.server.env))
  await ensureAdmin(app.server)
  // The demo's members have joined in the past, and agreed then.
  const isDemo = app.server.env.mode === 'demo'
  await publishStandard(app.server, isDemo ? addMs(app.server.clock.now(), -LONG_AGO_MS) : undefined)
  if (isDemo) await seedDemo(app)
}

/** How far the demo's clock is ahead of the machine's time. */
export const storedTravelMs = async (db: Database): Promise<number> =>
  (await readSetting<number>(db, 'demo.ahead-ms'))?.value ?? 0
