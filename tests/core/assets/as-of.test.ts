import { asOf, statementOf } from '@pointbook/server/core/assets/as-of'
import { expire, giveBack, spend } from '@pointbook/server/core/assets/changes'
import { netOf } from '@pointbook/server/core/assets/flows'
import { usableAmount } from '@pointbook/server/core/assets/lots'
import type { Lot } from '@pointbook/server/core/assets/posting'
import { redate } from '@pointbook/server/core/assets/redate'
import { type Account, credit, type Entry } from '@pointbook/server/core/ledger/points'
import { reclaim } from '@pointbook/server/core/ledger/reclaim'
import { addDays, addMs, type Day } from '@pointbook/shared/day'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLedger, entryHeader, gift, type Ledger, START } from '../../support/ledger.ts'

const acts = [
  'earn',
  'earn',
  'add',
  'spend',
  'spend',
  'take',
  'expire',
  'cancel',
  'return',
  'return',
  'extend',
] as const
const step = fc.record({
  act: fc.constantFrom(...acts),
  points: fc.integer({ min: 0, max: 200 }),
  days: fc.integer({ min: 0, max: 12 }),
  pick: fc.nat({ max: 40 }),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

function take(ledger: Ledger, { act, points, pick }: Step, today: Day, at: string) {
  const { account, lots, entries, draws } = ledger
  const when = entryHeader('purchase', at)
  const grant = gift(points, today, pick % 3 ? pick : null, pick % 4)
  switch (act) {
    case 'earn':
      return credit(account, when, grant)
    case 'add':
      return credit(account, when, { ...grant, kind: 'adjust' })
    case 'spend':
      return spend(account, lots, today, when, points)
    case 'take':
      return spend(account, lots, today, when, points, 'adjust')
    case 'expire':
      return expire(account, lots, today, when)
    case 'extend': {
      const lot = lots[pick % Math.max(1, lots.length)]
      return lot ? redate(account, when, [{ lot, expiresOn: addDays(lot.expiresOn ?? today, pick) }], []) : null
    }
    case 'cancel': {
      const cancelled = new Set(entries.filter(({ kind }) => kind === 'give-back').map(({ ref }) => ref))
      const spent = entries.find(({ seq, kind }) => kind === 'spend' && !cancelled.has(String(seq)))
      if (!spent) return null
      const drawn = draws.filter(({ entrySeq }) => entrySeq === spent.seq)
      return giveBack(account, lots, drawn, { ...when, ref: String(spent.seq) })
    }
    case 'return': {
      const lot = lots[pick % Math.max(1, lots.length)]
      if (!lot) return null
      return reclaim(account, lots, today, when, {
        points: Math.min(points, lot.amount),
        lotSeq: lot.seq,
        month: '2026-01',
        forfeitedBefore: lot.expired,
        rule: 'debt',
        why: [],
      }).posting
    }
  }
}

interface Moment {
  at: string
  today: Day
  account: Account
  lots: Lot[]
}

/** Plays the steps, one second apart, and records the books after each. */
function play(steps: readonly Step[]) {
  const ledger = aLedger()
  const moments: Moment[] = []
  let today = START
  steps.forEach((each, index) => {
    today = addDays(today, each.days)
    const time = new Date(index * 1000).toISOString().slice(11)
    const at = `${today}T${time}`
    ledger.apply(take(ledger, each, today, at))
    moments.push({ at, today, account: ledger.account, lots: ledger.lots })
  })
  return { ledger, moments }
}

const open = (lots: readonly Lot[]) => lots.filter(({ remaining }) => remaining > 0)
const bySeq = (lots: readonly Lot[]) => [...lots].sort((a, b) => a.seq - b.seq)
const histories = fc.array(step, { minLength: 1, maxLength: 50 })

describe('the account as of any instant', () => {
  it('equals the state of that instant: balance, debt, and every open lot with its dates', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { ledger, moments } = play(steps)
        for (const { at, today, account, lots } of moments) {
          const then = asOf(ledger, at)
          expect(then.balance).toBe(account.balance)
          expect(then.debt).toBe(account.debt)
          expect(netOf(then.flows)).toBe(account.balance)
          expect(then.flows.redeemed).toBe(account.spent)
          expect(then.flows.expired).toBe(account.expired)
          expect(bySeq(then.lots)).toEqual(bySeq(open(lots)))
          expect(usableAmount(then.lots, today)).toBe(usableAmount(lots, today))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('equals the balance after an entry at the instant of that entry', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { ledger } = play(steps)
        const lastAt = new Map(ledger.entries.map(({ at, balanceAfter }) => [at, balanceAfter]))
        for (const [at, balance] of lastAt) expect(asOf(ledger, at).balance).toBe(balance)
      }),
    )
  })

  it('is empty before the first entry', () => {
    const { ledger } = play([{ act: 'earn', points: 50, days: 3, pick: 0 }])
    expect(asOf(ledger, '2026-01-03T23:59:59.999Z')).toMatchObject({ balance: 0, debt: 0, lots: [] })
  })

  it('lists lots by their last day, and lots that never end last', () => {
    const earn = (pick: number): Step => ({ act: 'earn', points: 10, days: 0, pick })
    const { ledger } = play([earn(9), earn(20), earn(5)])
    expect(asOf(ledger, '2026-01-02T00:00:00.000Z').lots.map(({ expiresOn }) => expiresOn)).toEqual([
      addDays(START, 5),
      addDays(START, 20),
      null,
    ])
  })
})

describe('a statement', () => {
  it('adds up opening balance, lines and flows to the closing balance, with which the next statement opens', () => {
    fc.assert(
      fc.property(histories, fc.nat({ max: 49 }), fc.nat({ max: 49 }), (steps, one, other) => {
        const { ledger, moments } = play(steps)
        const at = (index: number) => moments[Math.min(index, moments.length - 1)]!.at
        const [from, until] = [at(Math.min(one, other)), at(Math.max(one, other))]
        const { opening, lines, flows, closing } = statementOf(ledger, from, until)
        expect(opening + netOf(flows)).toBe(closing.balance)
        expect(lines.map(({ balance }) => balance)).toEqual(lines.map(({ entry }) => entry.balanceAfter))
        expect(lines.at(-1)?.balance ?? opening).toBe(closing.balance)
        expect(closing.lots.reduce((sum, { remaining }) => sum + remaining, 0)).toBe(closing.balance)
        expect(statementOf(ledger, addMs(until, 1), '9999').opening).toBe(closing.balance)
      }),
      { numRuns: 200 },
    )
  })

  it('orders entries by their time when a purchase was recorded late', () => {
    const entry = (seq: number, at: string, delta: number) =>
      ({ seq, at, delta, debtDelta: 0, kind: 'earn' }) satisfies Partial<Entry>
    const entries = [entry(1, '2026-02-01T00:00:00.000Z', 10), entry(2, '2026-01-05T00:00:00.000Z', 7)]
    const january = statementOf({ entries, lots: [], draws: [], redates: [] }, '2026-01-01', '2026-01-31')
    expect(january.lines.map(({ balance }) => balance)).toEqual([7])
    const both = statementOf({ entries, lots: [], draws: [], redates: [] }, '2026-01-01', '2026-02-31')
    expect(both.lines.map(({ entry: { seq }, balance }) => [seq, balance])).toEqual([
      [2, 7],
      [1, 17],
    ])
  })
})
