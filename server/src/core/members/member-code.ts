import { addMs, type Instant } from '@pointbook/shared/day'

const STEP_MS = 30_000
/** Codes one member can use up within a step. */
const PER_STEP = 100
const MEMBER_DIGITS = 9
const MAC_DIGITS = 8

export const MEMBER_CODE_LENGTH = MEMBER_DIGITS + 3 + MAC_DIGITS

/**
 * What a member code says: 20 digits, 9 of the member's number, 1 of the step of 30 seconds it was made in, 2 that count the
 * codes used up in that step, 8 of the MAC over all of it. `serial` is step × 100 + count: it names the code among all of
 * the member's, and a new one is at hand the moment the last was used.
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

/** When a code ends: with the step after its own, so after 30 to 60 seconds. */
export const endOfCode = (serial: number): Instant => instantOf(stepOf(serial) + 2)

/** When a code should make way for the next on the member's screen: with its own step, so that what is shown lives 30 seconds more. */
export const endOfShowing = (serial: number): Instant => instantOf(stepOf(serial) + 1)

export function writeCode({ memberId, serial }: MemberCode, mac: Mac): string {
  const member = String(memberId).padStart(MEMBER_DIGITS, '0')
  if (member.length > MEMBER_DIGITS) throw new RangeError('member numbers have at most 9 digits')
  return `${member}${String(serial % (10 * PER_STEP)).padStart(3, '0')}${mac(`${memberId}/${serial}`).slice(0, MAC_DIGITS)}`
}

/**
 * What 20 digits claim to be; nothing is proved until `writeCode` makes the same digits of it. The step is the latest with
 * that last digit, so a code more than five minutes old claims a step it was not made in and proves false.
 */
export function claimOf(code: string, now: Instant): MemberCode {
  const memberId = Number(code.slice(0, MEMBER_DIGITS))
  const [digit, count] = [Number(code[MEMBER_DIGITS]), Number(code.slice(MEMBER_DIGITS + 1, MEMBER_DIGITS + 3))]
  const present = stepAt(now)
  const age = (((present - digit) % 10) + 10) % 10
  return { memberId, serial: (present - age) * PER_STEP + count }
}
