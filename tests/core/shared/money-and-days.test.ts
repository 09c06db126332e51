import { client, Refused, requestFor } from '@pointbook/shared/client'
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  hourOf,
  isDay,
  minuteOf,
  offsetMinutes,
  startOf,
  weekdayOf,
} from '@pointbook/shared/day'
import { fenFromYuan, share, yuan } from '@pointbook/shared/money'
import { Refusal, refusals } from '@pointbook/shared/refusals'
import { explanationText } from '@pointbook/shared/words'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('money', () => {
  it('reads every amount that it writes, and refuses other text', () => {
    fc.assert(
      fc.property(fc.nat(9_999_999_99), (fen) => {
        expect(fenFromYuan(yuan(fen))).toBe(fen)
      }),
    )
    expect(['', '-1', '1.234', '1e3', 'abc', '1.'].map(fenFromYuan)).toEqual(Array(6).fill(null))
    expect([' 12 ', '12.5', '1,234.50', '１２'].map(fenFromYuan)).toEqual([1200, 1250, 123450, 1200])
  })

  it('divides exactly before it rounds, also beyond 2^53', () => {
    expect([share(1, 1, 3, 'down'), share(1, 1, 3, 'nearest'), share(1, 1, 3, 'up')]).toEqual([0, 0, 1])
    expect([share(5, 1, 2, 'down'), share(5, 1, 2, 'nearest'), share(5, 1, 2, 'up')]).toEqual([2, 3, 3])
    const exact = (value: number, by: number, of: number) => Number((BigInt(value) * BigInt(by)) / BigInt(of))
    fc.assert(
      fc.property(
        fc.nat(2 ** 31 - 1),
        fc.nat(2 ** 31 - 1),
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        (value, by, of) => {
          fc.pre(Number.isSafeInteger(exact(value, by, of) + 1))
          expect(share(value, by, of, 'down')).toBe(exact(value, by, of))
          expect(share(value, by, of, 'up') - share(value, by, of, 'down')).toBeLessThanOrEqual(1)
          const [down, nearest, up] = [
            share(value, by, of, 'down'),
            share(value, by, of, 'nearest'),
            share(value, by, of, 'up'),
          ]
          expect(nearest === down || nearest === up).toBe(true)
        },
      ),
    )
  })
})

describe('days', () => {
  it("follow the shop's time zone: the hours before eight in the morning belong to the same day", () => {
    const china = offsetMinutes('+08:00')
    expect(dayOf('2026-03-01T15:59:59.999Z', china)).toBe('2026-03-01')
    expect(dayOf('2026-03-01T16:00:00.000Z', china)).toBe('2026-03-02')
    expect(startOf('2026-03-02', china)).toBe('2026-03-01T16:00:00.000Z')
    expect(hourOf('2026-03-01T16:00:00.000Z', china)).toBe(0)
    expect(dayOf('2026-03-02T03:00:00.000Z', offsetMinutes('-05:00'))).toBe('2026-03-01')
  })

  it('agree with the calendar of the machine, over leap years and centuries', () => {
    const instants = fc.date({ min: new Date('1899-01-01'), max: new Date('2201-01-01'), noInvalidDate: true })
    const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 })
    fc.assert(
      fc.property(instants, fc.integer({ min: -40_000, max: 40_000 }), offsets, (date, days, offset) => {
        const at = date.toISOString()
        const on = at.slice(0, 10)
        const moved = new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10)
        expect(addDays(on, days)).toBe(moved)
        expect(daysBetween(on, moved)).toBe(days)
        expect(weekdayOf(on) % 7).toBe(date.getUTCDay())
        const local = new Date(date.getTime() + offset * 60_000)
        expect(dayOf(at, offset)).toBe(local.toISOString().slice(0, 10))
        expect(minuteOf(at, offset)).toBe(local.getUTCHours() * 60 + local.getUTCMinutes())
        expect(hourOf(at, offset)).toBe(local.getUTCHours())
      }),
      { numRuns: 2_000 },
    )
  })

  it('keep their date from month to month, or take the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29')
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
    expect(addMonths('2026-03-31', -13)).toBe('2025-02-28')
  })

  it('refuse invalid days and invalid offsets', () => {
    expect(['2026-02-29', '2026-13-01', '2026-1-1', ''].map(isDay)).toEqual([false, false, false, false])
    expect(isDay('2028-02-29')).toBe(true)
    expect(() => offsetMinutes('8')).toThrow(RangeError)
  })

  it('count over month ends and start the week on Monday', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
    expect(['2026-03-02', '2026-03-08'].map(weekdayOf)).toEqual([1, 7])
  })
})

describe('refusals', () => {
  it('have a valid code, an error status and a complete Chinese sentence', () => {
    for (const [code, [status, text]] of Object.entries(refusals)) {
      expect(code).toMatch(/^[a-z-]+\.[a-z-]+$/)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(text).toMatch(/[\u4e00-\u9fff]/)
    }
    expect(new Refusal('points.short', { missing: 30 }).text).toBe('积分不足，还差 30 分')
  })
})

describe('the client', () => {
  it('puts each field into the part of the request that the contract names', () => {
    expect(requestFor('GET /me/entries/:seq', { seq: 3 })).toEqual({
      method: 'GET',
      path: '/me/entries/3',
      body: undefined,
    })
    expect(requestFor('GET /me/entries', { filter: 'in', cursor: undefined })).toMatchObject({
      path: '/me/entries?filter=in',
    })
    expect(requestFor('POST /me/redemptions/:orderNo/cancel', { orderNo: '1-2', requestId: 'abcdefgh' })).toEqual({
      method: 'POST',
      path: '/me/redemptions/1-2/cancel',
      body: { requestId: 'abcdefgh' },
    })
  })

  it("throws a refusal with the server's sentence, and with its own sentence when the answer has none", async () => {
    const refused = client(async () => ({
      status: 409,
      body: { code: 'points.short', text: '积分不足', requestId: 'r' },
    }))
    await expect(refused('GET /shop')).rejects.toMatchObject({ status: 409, code: 'points.short', text: '积分不足' })
    await expect(client(async () => ({ status: 502, body: '<html>' }))('GET /shop')).rejects.toBeInstanceOf(Refused)
  })

  it('treats the page of a proxy as no answer (FP3)', async () => {
    for (const body of ['<html>请先登录 Wi-Fi</html>', null, undefined])
      await expect(client(async () => ({ status: 200, body }))('GET /shop')).rejects.not.toBeInstanceOf(Refused)
  })
})

it('has a sentence for why a rule gave nothing', () => {
  expect(explanationText({ type: 'amount-below', neededFen: 10_000, amountFen: 9_900 })).toBe(
    '需满 100.00 元，本单 99.00 元',
  )
  expect(explanationText({ type: 'other-weekday', days: [3, 6] })).toBe('仅限周三、周六')
})
