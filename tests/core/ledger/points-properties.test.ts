import { expire, giveBack, spend } from '@pointbook/server/core/assets/changes'
import { usableAmount } from '@pointbook/server/core/assets/lots'
import type { Draw } from '@pointbook/server/core/assets/posting'
import { credit } from '@pointbook/server/core/ledger/points'
import { reclaim } from '@pointbook/server/core/ledger/reclaim'
import { addDays, type Day } from '@pointbook/shared/day'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLedger, entryHeader, expectToBalance, gift, START } from '../../support/ledger.ts'

const step = fc.record({
  act: fc.constantFrom('earn', 'earn', 'spend', 'spend', 'expire', 'cancel', 'return'),
  points: fc.integer({ min: 0, max: 200 }),
  days: fc.integer({ min: 0, max: 20 }),
  pick: fc.nat({ max: 50 }),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const histories = fc.array(step, { maxLength: 60 })

interface Sale {
  seq: number
  points: number
  reclaimed: number
  forfeited: number
}

/** A ledger and the actions on it; each action asserts its own invariants. */
function aShop(rule: 'debt' | 'clamp') {
  const ledger = aLedger()
  const sales: Sale[] = []
  const spends: Draw[][] = []
  let letGoInAll = 0

  function expectUsable({ lotSeq }: Draw, today: Day) {
    const { usableOn, expiresOn } = ledger.lots.find(({ seq }) => seq === lotSeq)!
    expect(usableOn <= today && (expiresOn === null || today <= expiresOn)).toBe(true)
  }

  const acts: Record<Step['act'], (step: Step, today: Day) => void> = {
    earn({ points, pick }, today) {
      const grant = gift(points, today, pick % 3 === 0 ? null : 5 + pick, pick % 4)
      const { entries } = ledger.apply(credit(ledger.account, entryHeader(), grant))!
      sales.push({ seq: entries[0]!.seq, points, reclaimed: 0, forfeited: 0 })
    },
    spend({ points }, today) {
      const usable = usableAmount(ledger.lots, today)
      const posting = ledger.apply(spend(ledger.account, ledger.lots, today, entryHeader('redemption'), points))
      expect(posting === null).toBe(usable < points)
      if (!posting) return
      spends.push(posting.draws)
      for (const draw of posting.draws) expectUsable(draw, today)
    },
    expire(_, today) {
      ledger.apply(expire(ledger.account, ledger.lots, today, entryHeader('expiry')))
    },
    cancel({ pick }) {
      const [draws] = spends.splice(pick % Math.max(1, spends.length), 1)
      if (draws) ledger.apply(giveBack(ledger.account, ledger.lots, draws, entryHeader('cancellation')))
    },
    return({ points: asked, pick }, today) {
      const sale = sales[pick % Math.max(1, sales.length)]
      if (!sale) return
      const points = Math.min(asked, sale.points - sale.reclaimed)
      const { seq: lotSeq, forfeited: forfeitedBefore } = sale
      const claim = { points, lotSeq, month: '2026-01', forfeitedBefore, rule, why: [] }
      const result = reclaim(ledger.account, ledger.lots, today, entryHeader('return'), claim)
      ledger.apply(result.posting)
      expect(result.taken + result.forfeited + result.owed + result.letGo).toBe(points)
      sale.reclaimed += points
      sale.forfeited += result.forfeited
      letGoInAll += result.letGo
    },
  }
  return { ledger, acts, letGo: () => letGoInAll }
}

/** Plays the steps on a ledger that balances after each; returns the points that returns let go. */
function play(steps: Step[], rule: 'debt' | 'clamp') {
  const shop = aShop(rule)
  let today = START
  for (const step of steps) {
    today = addDays(today, step.days)
    shop.acts[step.act](step, today)
    expectToBalance(shop.ledger)
  }
  return shop.letGo()
}

describe('any history', () => {
  it.each(['debt', 'clamp'] as const)(
    'keeps balance = Σ remaining = Σ delta, nothing negative and nothing spent after its day (%s)',
    (rule) => {
      fc.assert(
        fc.property(histories, (steps) => void play(steps, rule)),
        { numRuns: 300 },
      )
    },
  )

  it('loses no points under the debt rule: reclaimed points are taken, forfeited or owed', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        expect(play(steps, 'debt')).toBe(0)
      }),
      { numRuns: 100 },
    )
  })
})
