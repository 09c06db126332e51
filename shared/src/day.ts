import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'
import { bare } from './text.ts'

dayjs.extend(utc)

/** A calendar day at the shop, `YYYY-MM-DD`. Days compare as strings. */
export type Day = string
/** An instant in UTC, `2026-11-21T08:00:00.000Z`. Instants compare as strings. */
export type Instant = string

/** The greatest day; it represents "never". */
export const LAST_DAY: Day = '9999-12-31'

/** Sorts by last usable day, the earliest first; null (never) comes last. */
export const compareEnds = (a: Day | null, b: Day | null): number => (a ?? LAST_DAY).localeCompare(b ?? LAST_DAY)

const DAY = 'YYYY-MM-DD'
const day = (on: Day) => dayjs.utc(on)

export const instant = (at: Date): Instant => at.toISOString()

export const addMs = (at: Instant, ms: number): Instant => instant(new Date(Date.parse(at) + ms))

/** The business day of an instant at a shop whose clock is `offsetMinutes` ahead of UTC (+08:00 is 480). */
export const dayOf = (at: Instant, offsetMinutes: number): Day =>
  dayNumbered(Math.floor(minutesOf(at, offsetMinutes) / 1_440))

/** Hour of the shop's clock, 0–23. */
export const hourOf = (at: Instant, offsetMinutes: number): number => Math.floor(minuteOf(at, offsetMinutes) / 60)

/** Minutes since midnight on the shop's clock. */
export function minuteOf(at: Instant, offsetMinutes: number): number {
  const minutes = minutesOf(at, offsetMinutes)
  return minutes - Math.floor(minutes / 1_440) * 1_440
}

/** Whole minutes of the shop's local time since 1970. */
const minutesOf = (at: Instant, offsetMinutes: number) => Math.floor(Date.parse(at) / 60_000) + offsetMinutes

/** The instant a business day begins. */
export const startOf = (on: Day, offsetMinutes: number): Instant =>
  instant(day(on).subtract(offsetMinutes, 'minute').toDate())

/** The last instant of a business day. */
export const endOf = (on: Day, offsetMinutes: number): Instant => addMs(startOf(addDays(on, 1), offsetMinutes), -1)

export const addDays = (on: Day, days: number): Day => dayNumbered(dayNumber(on) + days)

/** Same day `months` later, or that month's last day when it has no such day (31 January + 1 month = 28 or 29 February). */
export function addMonths(on: Day, months: number): Day {
  const index = yearOf(on) * 12 + monthOf(on) - 1 + months
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1]
  return written(year, month, Math.min(dateOf(on), daysInMonth(year, month)))
}

export function endOfMonth(on: Day, monthsLater = 0): Day {
  const last = addMonths(`${on.slice(0, 7)}-01`, monthsLater)
  return written(yearOf(last), monthOf(last), daysInMonth(yearOf(last), monthOf(last)))
}

/** The month of a day and those before it, `2026-11`, oldest first. */
export const monthsUpTo = (on: Day, months: number): string[] =>
  Array.from({ length: months }, (_, index) => addMonths(`${on.slice(0, 7)}-01`, index + 1 - months).slice(0, 7))

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

/**
 * Days from 1970-01-01 to a day, or to its date in another year (29 February is 1 March where there is none). Every purchase
 * needs several of these, so it neither parses nor allocates. After Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", `days_from_civil`: a year begins with March.
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

/** The day of that number: `civil_from_days` of the same paper. */
function dayNumbered(number: number): Day {
  const fromMarch = number + 719_468
  const era = Math.floor(fromMarch / 146_097)
  const dayOfEra = fromMarch - era * 146_097
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * dayOfYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  return written(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * march + 2) / 5) + 1)
}

/** Month from 1. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

const written = (year: number, month: number, date: number): Day =>
  `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}`

function digits(text: string, from: number, until: number): number {
  let value = 0
  for (let at = from; at < until; at++) value = value * 10 + text.charCodeAt(at) - 48
  return value
}

/** False for `2026-02-30` and the like. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && day(text).isValid() && day(text).format(DAY) === text

/**
 * A day as a spreadsheet or a till writes it, year first: `2026/1/2`, `2026.01.02`, `2026年1月2日`, `20260102`, also with a time
 * after it. Null for anything else, as the order of day and month in `1/2/2026` cannot be known.
 */
export function dayFrom(text: string): Day | null {
  const match = WRITTEN_DAY.exec(bare(text)) ?? COMPACT_DAY.exec(bare(text))
  if (!match) return null
  const on = written(Number(match[1]), Number(match[3]), Number(match[4]))
  return isDay(on) ? on : null
}

const WRITTEN_DAY = /^(\d{4})([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})日?(?:[ T]?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?$/
const COMPACT_DAY = /^(\d{4})()(\d\d)(\d\d)$/

/** False for 30 February and the like, and for an hour 25. */
export const isInstant = (text: string): boolean => !Number.isNaN(Date.parse(text)) && instant(new Date(text)) === text

export const isMonth = (text: string): boolean => isDay(`${text}-01`)

/** `2026年11月21日`. */
export const dayText = (on: Day): string => day(on).format('YYYY年M月D日')

/** A birthday, `05-20` or `1996-05-20`: `5月20日` or `1996年5月20日`. */
export const birthText = (birthday: string): string =>
  birthday.length > 5 ? dayText(birthday) : dayText(`2000-${birthday}`).slice(5)

/** `2026-11-21 16:05` on the shop's clock. */
export const instantText = (at: Instant, offsetMinutes: number): string =>
  dayjs.utc(at).utcOffset(offsetMinutes).format('YYYY-MM-DD HH:mm')

/** `+08:00` → 480. Throws RangeError on anything that is no offset. */
export function offsetMinutes(offset: string): number {
  const match = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(offset)
  if (!match) throw new RangeError(`not an offset: ${offset}`)
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}
