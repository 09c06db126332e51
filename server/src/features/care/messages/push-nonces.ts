import { addMs, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, lt } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import type { PushQuery } from '../../../platform/wechat/push.ts'
import { pushNonces } from './tables.ts'

const WINDOW_MS = 5 * 60_000

/** A signature may differ from the clock by five minutes at most. Throws `push.outdated`. */
export function requireRecent({ timestamp = '' }: PushQuery): void {
  const isRecent = /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) * 1_000 - Date.now()) <= WINDOW_MS
  if (!isRecent) throw new Refusal('push.outdated')
}

/** Does the work unless this push was handled before. After a failure WeChat may send it again. Throws `push.repeated`. */
export async function hearOnce(db: Database, query: PushQuery, work: () => Promise<void>): Promise<void> {
  const { timestamp = '', nonce = '' } = query
  const seenAt = instant(new Date())
  const [{ affectedRows }] = await db.insert(pushNonces).ignore().values({ timestamp, nonce, seenAt })
  if (affectedRows === 0) throw new Refusal('push.repeated')
  try {
    await work()
  } catch (error) {
    await db.delete(pushNonces).where(and(eq(pushNonces.timestamp, timestamp), eq(pushNonces.nonce, nonce)))
    throw error
  }
}

/** Forgets pushes that are outdated by now. */
export async function sweepPushNonces(db: Database): Promise<void> {
  await db.delete(pushNonces).where(lt(pushNonces.seenAt, addMs(instant(new Date()), -3 * WINDOW_MS)))
}
