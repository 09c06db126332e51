import { addMs, type Instant } from '@pointbook/shared/day'

const STEP_MS = 30_000
/** Codes one member can use up within a step. */
const PER_STEP = 100
const MEMBER_DIGITS = 9
const MAC_DIGITS = 8

export const MEMBER_CODE_LENGTH = MEMBER_DIGITS + 3 + MAC_DIGITS

/**
 * The content of a member code, 20 digits: 9 of the member's number, 1 of the 30-second step in which it was made, 2 that count
 * the codes used in that step, 8 of a MAC over these. `serial` is step × 100 + count; it identifies the code among all of the
 * member's codes, and the next one is valid as soon as the last was used.
 */
export interface MemberCode {
  memberId: number
  serial: number
}

/** Keyed hash of a text, as at least 8 decimal digits. */
export type Mac = (text: string) => string

const stepAt = (now: Instant): number => Math.floor(Date.parse(now) / STEP_MS)
const stepOf = (serial: number): number => Math.floor(serial / PER_STEP)
const instantOf = (step: number): Instant => addMs('1970-01-01T00:00:00.000Z', step * STEP_MS)

/** The first serial of the present step, and the last. */
export function serialsAt(now: Instant): { first: number; last: number } {
  const first = stepAt(now) * PER_STEP
  return { first, last: first + PER_STEP - 1 }
}

/** The end of a code: that of the step after its own, so 30 to 60 seconds after it was made. */
export const endOfCode = (serial: number): Instant => instantOf(stepOf(serial) + 2)

/**
 * The instant at which the member's screen should show the next code: the end of the code's own step. A code on the screen is
 * then valid for at least 30 seconds more.
 */
export const endOfShowing = (serial: number): Instant => instantOf(stepOf(serial) + 1)

export function writeCode({ memberId, serial }: MemberCode, mac: Mac): string {
  const member = String(memberId).padStart(MEMBER_DIGITS, '0')
  if (member.length > MEMBER_DIGITS) throw new RangeError('member numbers have at most 9 digits')
  return `${member}${String(serial % (10 * PER_STEP)).padStart(3, '0')}${mac(`${memberId}/${serial}`).slice(0, MAC_DIGITS)}`
}

/**
 * The claim of 20 digits, which is proved only when `writeCode` makes the same digits from it. The step is the latest one with
 * that last digit, so a code older than five minutes claims a wrong step and is refused.
 */
export function claimOf(code: string, now: Instant): MemberCode {
  const memberId = Number(code.slice(0, MEMBER_DIGITS))
  const [digit, count] = [Number(code[MEMBER_DIGITS]), Number(code.slice(MEMBER_DIGITS + 1, MEMBER_DIGITS + 3))]
  const present = stepAt(now)
  const age = (((present - digit) % 10) + 10) % 10
  return { memberId, serial: (present - age) * PER_STEP + count }
}
