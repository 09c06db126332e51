import { dayOf, endOf, instantText } from '@pointbook/shared/day'

/** The shop's clock, wherever the merchant's computer stands: minutes ahead of UTC. */
const SHOP_OFFSET_MINUTES = 8 * 60

/** `2026-11-21 16:05` on the shop's clock. */
export const atMinute = (instant: string) => instantText(instant, SHOP_OFFSET_MINUTES)

/** The last instant of a day at the shop. */
export const endOfDay = (day: string) => endOf(day, SHOP_OFFSET_MINUTES)

export const dayAtShop = (instant: string) => dayOf(instant, SHOP_OFFSET_MINUTES)

/** The instant at which a wall clock at the shop shows `2026-11-21 16:05`. */
export const instantAtShop = (wallClock: string) => new Date(`${wallClock.replace(' ', 'T')}:00+08:00`).toISOString()

export function When({ at }: { at: string | null }) {
  if (!at) return <span className="soft">—</span>
  return <span className="digits nowrap">{atMinute(at)}</span>
}

/** A last usable day; null never ends. */
export function ExpiresOn({ day }: { day: string | null }) {
  return day ? <span className="digits nowrap">{day}</span> : <span className="soft">永久有效</span>
}
