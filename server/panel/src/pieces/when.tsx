import { addMs, dayOf, endOf, instantText } from '@pointbook/shared/day'
import { shopNow } from '../layout/use-shop.ts'

// All in the shop's time zone, as sent by the server: the merchant's computer may be in another one.

/** `2026-11-21 16:05` on the shop's clock. */
export const atMinute = (instant: string) => instantText(instant, shopNow().offsetMinutes)

/** The last instant of a day at the shop. */
export const endOfDay = (day: string) => endOf(day, shopNow().offsetMinutes)

export const dayAtShop = (instant: string) => dayOf(instant, shopNow().offsetMinutes)

/** The instant at which a wall clock at the shop shows `2026-11-21 16:05`. */
export const instantAtShop = (wallClock: string) =>
  addMs(`${wallClock.replace(' ', 'T')}:00.000Z`, -shopNow().offsetMinutes * 60_000)

export function When({ at }: { at: string | null }) {
  if (!at) return <span className="soft">—</span>
  return <span className="digits nowrap">{atMinute(at)}</span>
}

/** A last usable day; null never ends. */
export function ExpiresOn({ day }: { day: string | null }) {
  return day ? <span className="digits nowrap">{day}</span> : <span className="soft">永久有效</span>
}
