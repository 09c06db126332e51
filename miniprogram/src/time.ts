import { type Day, dayOf, dayText, endOf, type Instant, instantText } from '@pointbook/shared/day'
import { keepText, readKept } from './kept'

const key = 'shop-offset'
const china = 480

/** The shop's time zone, independent of the phone's: as sent by the server, before that the last one stored. */
let offsetMinutes = Number(readKept(key) || china)

export function setShopOffset(minutes: number) {
  if (minutes !== offsetMinutes) keepText(key, String(minutes))
  offsetMinutes = minutes
}

/** `2026-11-21 16:05`. */
export const whenText = (at: Instant): string => instantText(at, offsetMinutes)

/** The shop's day an instant belongs to. */
export const dayAt = (at: Instant): Day => dayOf(at, offsetMinutes)

/** The last instant of a day at the shop. */
export const endOfDay = (on: Day): Instant => endOf(on, offsetMinutes)

/** `2026-11`, the month an instant belongs to. */
export const monthAt = (at: Instant): string => dayAt(at).slice(0, 7)

/** `2026年11月`. */
export const monthText = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`

/** `11月28日`. */
export const shortDay = (on: Day): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`

/** A future day, with its year unless it is near. */
export const comingDay = (on: Day, daysLeft: number): string => (daysLeft > 180 ? dayText(on) : shortDay(on))
