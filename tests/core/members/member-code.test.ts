import {
  claimOf,
  endOfCode,
  endOfShowing,
  MEMBER_CODE_LENGTH,
  serialsAt,
  writeCode,
} from '@pointbook/server/core/members/member-code'
import { addMs } from '@pointbook/shared/day'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const now = '2026-03-02T04:00:12.345Z'
const mac = (text: string) =>
  String([...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 10 ** 8, 7)).padStart(8, '0')

test('a code is twenty digits, so that it fits Code 128 and can be typed', () => {
  const code = writeCode({ memberId: 10_000_001, serial: serialsAt(now).first }, mac)
  expect(code).toMatch(/^\d{20}$/)
  expect(MEMBER_CODE_LENGTH).toBe(20)
})

test('a code read within five minutes contains the member and serial it was made with', () => {
  const members = fc.integer({ min: 1, max: 999_999_999 })
  const counts = fc.integer({ min: 0, max: 99 })
  const agesMs = fc.integer({ min: 0, max: 269_000 })
  fc.assert(
    fc.property(members, counts, agesMs, (memberId, count, ageMs) => {
      const serial = serialsAt(now).first + count
      expect(claimOf(writeCode({ memberId, serial }, mac), addMs(now, ageMs))).toEqual({ memberId, serial })
    }),
  )
})

test('a code older than five minutes is read with another serial and fails the check', () => {
  const made = { memberId: 10_000_001, serial: serialsAt(now).first }
  expect(claimOf(writeCode(made, mac), addMs(now, 300_000)).serial).not.toBe(made.serial)
})

test('two codes of one member have the same first nine digits and differ in the others', () => {
  const { first } = serialsAt(now)
  const [one, next] = [first, first + 1].map((serial) => writeCode({ memberId: 10_000_001, serial }, mac))
  expect(one!.slice(0, 9)).toBe(next!.slice(0, 9))
  expect(one!.slice(9, 12)).not.toBe(next!.slice(9, 12))
  expect(one!.slice(12)).not.toBe(next!.slice(12))
})

test('a code ends with the step after its own: it lives 30 to 60 seconds, and is replaced on the screen half a minute before', () => {
  const { first, last } = serialsAt(now)
  expect(endOfCode(first)).toBe('2026-03-02T04:01:00.000Z')
  expect(endOfCode(last)).toBe('2026-03-02T04:01:00.000Z')
  expect(endOfShowing(first)).toBe('2026-03-02T04:00:30.000Z')
})

test('a member number that does not fit is an error of the program, never a wrong code', () => {
  expect(() => writeCode({ memberId: 1_000_000_000, serial: 0 }, mac)).toThrow(RangeError)
})
