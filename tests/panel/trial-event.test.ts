import { daysBetween } from '@pointbook/shared/day'
import { describe, expect, it } from 'vitest'
import { aDelivery, aLine, eventOf, hundred } from '../../server/panel/src/pages/points/policy-edit/trial/example.ts'

const today = '2026-03-04'

describe('the event a merchant tries the rules on', () => {
  it('is a purchase of ¥100 today, unless told otherwise', () => {
    expect(eventOf(hundred, today)).toMatchObject({
      trigger: 'purchase',
      on: today,
      purchases: 1,
      lines: [{ quantity: 1, amountFen: 100_00 }],
    })
  })

  it('carries the cart with the delivery fee as a line of its own, and how it was paid', () => {
    const cart = [{ ...aLine, yuan: 30.5, category: '咖啡' }, aDelivery]
    const event = eventOf({ ...hundred, cart, couponYuan: 5, channel: 'delivery' }, today)
    expect(event.lines).toEqual([
      { name: '示例商品', quantity: 1, amountFen: 30_50, category: '咖啡' },
      { name: '运费', quantity: 1, amountFen: 8_00, delivery: true },
    ])
    expect(event).toMatchObject({ couponFen: 5_00, channel: 'delivery' })
  })

  it('leaves goods and payment out of events other than purchases', () => {
    const event = eventOf({ ...hundred, trigger: 'registration', couponYuan: 5, channel: 'delivery' }, today)
    expect(event.lines).toEqual([{ name: '一次', quantity: 1, amountFen: 0 }])
    expect(event).not.toHaveProperty('couponFen')
    expect(event).not.toHaveProperty('channel')
  })

  it.each(['2026-01-01', '2026-02-10', '2026-02-28', '2026-04-14', '2026-04-15', '2026-12-31'])(
    'puts a birthday on %s itself, or in its month and more than three days away',
    (on) => {
      const birthdayIn = (birthday: 'today' | 'month') => eventOf({ ...hundred, birthday, on }, today).birthday!
      expect(birthdayIn('today').slice(5)).toBe(on.slice(5))
      const other = `${on.slice(0, 4)}${birthdayIn('month').slice(4)}`
      expect(other.slice(0, 7)).toBe(on.slice(0, 7))
      expect(Math.abs(daysBetween(other, on))).toBeGreaterThan(3)
    },
  )

  it('counts the days of membership back from the day of the event', () => {
    expect(eventOf({ ...hundred, on: '2026-03-31', memberDays: 30 }, today).joinedOn).toBe('2026-03-01')
  })
})
