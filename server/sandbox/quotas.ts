import { Refused } from './refused.ts'
import type { Quota, World } from './types.ts'

/** As documented for a shop without WeChat Pay; set lower by the control API to see what happens. */
export const defaultQuotas: Record<string, Quota> = {
  '/cgi-bin/stable_token': { perMinute: 10_000, perDay: 500_000 },
  '/cgi-bin/message/subscribe/send': { perDay: 10_000_000 },
  '/wxa/getwxacodeunlimit': { perMinute: 5_000 },
  'login of one person': { perMinute: 100 },
  'phone numbers': { perDay: 1_000 },
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const chinaOffsetMs = 8 * 60 * minuteMs

/** Counts one use against the quotas of this name, for one subject where they are personal. */
export function spendQuota(world: World, name: string, subject = ''): void {
  const quota = world.quotas[name]
  if (!quota) return
  const now = world.now() + chinaOffsetMs
  const spent = (window: number, kind: string) => count(world, `${kind} ${name} ${subject}`, window)
  // The picture of a mini-program code answers its minute quota with the number of a daily one.
  const minuteErrcode = name === '/wxa/getwxacodeunlimit' ? 45009 : 45011
  if (spent(Math.floor(now / minuteMs), 'minute') > (quota.perMinute ?? Infinity)) throw new Refused(minuteErrcode)
  if (spent(Math.floor(now / dayMs), 'day') > (quota.perDay ?? Infinity)) throw new Refused(45009)
}

function count(world: World, key: string, window: number): number {
  const used = world.usage.get(key)
  const next = used?.window === window ? used.count + 1 : 1
  world.usage.set(key, { window, count: next })
  return next
}
