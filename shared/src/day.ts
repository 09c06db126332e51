import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

/** A calendar day at the shop, `YYYY-MM-DD`. Days compare as strings. */
export type Day = string
/** An instant in UTC, `2026-11-21T08:00:00.000Z`. Instants compare as strings. */
export type Instant = string

const DAY = 'YYYY-MM-DD'
const day = (on: Day) => dayjs.utc(on)

export const instant = (at: Date): Instant => at.toISOString()

export const addMs = (at: Instant, ms: number): Instant => instant(new Date(Date.parse(at) + ms))

/** The business day of an instant at a shop whose clock is `offsetMinutes` ahead of UTC (+08:00 is 480). */
export const dayOf = (at: Instant, offsetMinutes: number): Day => atShop(at, offsetMinutes).toISOString().slice(0, 10)

/** Hour of the shop's clock, 0–23. */
export const hourOf = (at: Instant, offsetMinutes: number): number => atShop(at, offsetMinutes).getUTCHours()

/** Minutes since midnight on the shop's clock. */
export function minuteOf(at: Instant, offsetMinutes: number): number {
  const local = atShop(at, offsetMinutes)
  return local.getUTCHours() * 60 + local.getUTCMinutes()
}

/** A date that reads in UTC as the shop's clock does at an instant. */
const atShop = (at: Instant, offsetMinutes: number) => new Date(Date.parse(at) + offsetMinutes * 60_000)

/** The instant a business day begins. */
export const startOf = (on: Day, offsetMinutes: number): Instant =>
  instant(day(on).subtract(offsetMinutes, 'minute').toDate())

/** The last instant of a business day. */
export const endOf = (on: Day, offsetMinutes: number): Instant => addMs(startOf(addDays(on, 1), offsetMinutes), -1)

export const addDays = (on: Day, days: number): Day => dayNumbered(dayNumber(on) + days)

/** Same day `months` later, or that month's last day when it has no such day (31 January + 1 month = 28 or 29 February). */
export function addMonths(on: Day, months: number): Day {
  const [year, month, date] = [yearOf(on), monthOf(on) - 1 + months, dateOf(on)]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10)
}

export const endOfMonth = (on: Day, monthsLater = 0): Day =>
  day(on).startOf('month').add(monthsLater, 'month').endOf('month').format(DAY)

export const endOfYear = (on: Day, yearsLater = 0): Day => `${yearOf(on) + yearsLater}-12-31`

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from)

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (on: Day): number => ((((dayNumber(on) + 3) % 7) + 7) % 7) + 1

export const yearOf = (on: Day): number => digits(on, 0, 4)

/** 1–12. */
export const monthOf = (on: Day): number => digits(on, 5, 7)

/** Day of the month. */
export const dateOf = (on: Day): number => digits(on, 8, 10)

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const dayNumbered = (number: number): Day => new Date(number * 86_400_000).toISOString().slice(0, 10)

/**
 * Days from 1970-01-01 to a day, or to its date in another year (29 February is 1 March where there is none). Every purchase asks
 * for several of these, so nothing is parsed or made. After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`: a year begins with March.
 */
export function dayNumber(on: Day, year = yearOf(on)): number {
  const month = monthOf(on)
  const march = month > 2 ? year : year - 1
  const era = Math.floor(march / 400)
  const yearOfEra = march - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dateOf(on) - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function digits(text: string, from: number, until: number): number {
  let value = 0
  for (let at = from; at < until; at++) value = value * 10 + text.charCodeAt(at) - 48
  return value
}

/** False for `2026-02-30` and the like. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && day(text).isValid() && day(text).format(DAY) === text

/** False for 30 February and the like, and for an hour 25. */
export const isInstant = (text: string): boolean => !Number.isNaN(Date.parse(text)) && instant(new Date(text)) === text

export const isMonth = (text: string): boolean => isDay(`${text}-01`)

/** `2026年11月21日`. */
export const dayText = (on: Day): string => day(on).format('YYYY年M月D日')

/** `2026-11-21 16:05` on the shop's clock. */
export const instantText = (at: Instant, offsetMinutes: number): string =>
  dayjs.utc(at).utcOffset(offsetMinutes).format('YYYY-MM-DD HH:mm')

/** `+08:00` → 480. Throws RangeError on anything that is no offset. */
export function offsetMinutes(offset: string): number {
  const match = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(offset)
  if (!match) throw new RangeError(`not an offset: ${offset}`)
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}
