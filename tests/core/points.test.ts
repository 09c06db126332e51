import {
  type Account,
  both,
  credit,
  type Draw,
  endAll,
  expire,
  giveBack,
  type Lot,
  type Occasion,
  type Posting,
  spend,
  usablePoints,
} from '@pointbook/server/core/points'
import { reclaim } from '@pointbook/server/core/reclaim'
import { addDays, type Day } from '@pointbook/shared/day'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const START = '2026-01-01'

const anAccount = (changes: Partial<Account> = {}): Account => ({
  memberId: 1,
  standing: 'active',
  balance: 0,
  debt: 0,
  seq: 0,
  earned: 0,
  spent: 0,
  expired: 0,
  purchases: 0,
  spendFen: 0,
  earnedByMonth: {},
  boughtByMonth: {},
  lastAt: null,
  ...changes,
})

const occasion = (cause: Occasion['cause'] = 'purchase'): Occasion => ({
  cause,
  ref: '',
  actor: 'system',
  at: `${START}T04:00:00.000Z`,
  policyVersion: 1,
})

const gift = (points: number, today: Day, validDays: number | null = null, pendingDays = 0) => ({
  kind: 'earn' as const,
  points,
  why: [],
  usableOn: addDays(today, pendingDays),
  expiresOn: validDays === null ? null : addDays(today, validDays),
  month: today.slice(0, 7),
})

/** A member's books in memory: postings are applied as the database would hold them. */
function aLedger() {
  let account = anAccount()
  const lots = new Map<number, Lot>()
  const entries: Posting['entries'] = []
  const draws: Draw[] = []
  return {
    get account() {
      return account
    },
    get lots() {
      return [...lots.values()]
    },
    entries,
    draws,
    apply(posting: Posting | null) {
      if (!posting) return null
      account = posting.account
      for (const lot of posting.lots) lots.set(lot.seq, lot)
      entries.push(...posting.entries)
      draws.push(...posting.draws)
      return posting
    },
  }
}

describe('spending', () => {
  it('takes the lot that expires first, and the older first among equals', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, occasion(), gift(100, START, 60)))
    ledger.apply(credit(ledger.account, occasion(), gift(100, START, 30)))
    ledger.apply(credit(ledger.account, occasion(), gift(100, START, null)))
    ledger.apply(spend(ledger.account, ledger.lots, START, occasion('redemption'), 150))
    expect(ledger.lots.map((lot) => lot.remaining)).toEqual([50, 0, 100])
  })

  it('never takes pending points, nor points past their last day', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, occasion(), gift(100, START, 30, 7)))
    expect(spend(ledger.account, ledger.lots, START, occasion(), 1)).toBeNull()
    expect(usablePoints(ledger.lots, addDays(START, 7))).toBe(100)
    expect(usablePoints(ledger.lots, addDays(START, 30))).toBe(100)
    expect(spend(ledger.account, ledger.lots, addDays(START, 31), occasion(), 1)).toBeNull()
  })
})

describe('giving back', () => {
  it("puts each point into the lot it came from, with that lot's dates", () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, occasion(), gift(60, START, 30)))
    ledger.apply(credit(ledger.account, occasion(), gift(60, START, 90)))
    const spent = ledger.apply(spend(ledger.account, ledger.lots, START, occasion('redemption'), 100))!
    ledger.apply(giveBack(ledger.account, ledger.lots, spent.draws, occasion('cancellation')))
    expect(ledger.lots.map(({ remaining, expiresOn }) => ({ remaining, expiresOn }))).toEqual([
      { remaining: 60, expiresOn: addDays(START, 30) },
      { remaining: 60, expiresOn: addDays(START, 90) },
    ])
    expect(ledger.account.spent).toBe(0)
  })
})

describe('the end of a membership', () => {
  it('ends every point, usable, pending or for ever, as one entry', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, occasion(), gift(60, START, 30)))
    ledger.apply(credit(ledger.account, occasion(), { ...gift(40, addDays(START, 7)), expiresOn: null }))
    const ended = ledger.apply(endAll(ledger.account, ledger.lots, occasion('membership-end')))!
    expect(ended.entries.map(({ kind, delta }) => [kind, delta])).toEqual([['expire', -100]])
    expect(ledger.account).toMatchObject({ balance: 0, expired: 100 })
    expect(endAll(ledger.account, ledger.lots, occasion('membership-end'))).toBeNull()
  })
})

describe('taking back', () => {
  const claim = (points: number, lotSeq: number, rule: 'debt' | 'clamp' = 'debt') => ({
    points,
    lotSeq,
    month: '2026-01',
    forfeitedBefore: 0,
    rule,
    why: [],
  })

  it('counts what ran out unused as gone and takes it from no other lot', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, occasion(), gift(100, START, 10)))
    const later = addDays(START, 11)
    ledger.apply(expire(ledger.account, ledger.lots, later, occasion('expiry')))
    ledger.apply(credit(ledger.account, occasion(), gift(70, later)))
    const { posting, ...parts } = reclaim(ledger.account, ledger.lots, later, occasion('return'), claim(100, 1))
    ledger.apply(posting)
    expect(parts).toEqual({ taken: 0, forfeited: 100, owed: 0, letGo: 0 })
    expect(ledger.account.balance).toBe(70)
  })

  it('leaves alone what counts for the tier where the points never did', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, occasion(), gift(100, START)))
    ledger.apply(credit(ledger.account, occasion(), { ...gift(50, START), kind: 'adjust' }))
    const { earned } = ledger.account
    const byHand = { ...claim(50, 2), month: null }
    ledger.apply(reclaim(ledger.account, ledger.lots, START, occasion('unlawful'), byHand).posting)
    expect(ledger.account).toMatchObject({ balance: 100, earned })
  })

  it('leaves a debt for what was spent, which the next earning pays first', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, occasion(), gift(100, START)))
    ledger.apply(spend(ledger.account, ledger.lots, START, occasion('redemption'), 80))
    const { posting, ...parts } = reclaim(ledger.account, ledger.lots, START, occasion('return'), claim(100, 1))
    ledger.apply(posting)
    expect(parts).toEqual({ taken: 20, forfeited: 0, owed: 80, letGo: 0 })
    ledger.apply(credit(ledger.account, occasion(), gift(100, START)))
    expect(ledger.account).toMatchObject({ balance: 20, debt: 0 })
    expect(ledger.entries.slice(-2).map(({ kind, delta }) => [kind, delta])).toEqual([
      ['earn', 100],
      ['repay', -80],
    ])
  })

  it('lets the rest go under the clamp rule, and says so', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, occasion(), gift(100, START)))
    ledger.apply(spend(ledger.account, ledger.lots, START, occasion('redemption'), 80))
    const { posting, letGo } = reclaim(ledger.account, ledger.lots, START, occasion('return'), claim(100, 1, 'clamp'))
    expect(letGo).toBe(80)
    expect(posting.entries[0]!.why).toContainEqual({
      rule: 'let-go',
      points: -80,
      because: { type: 'let-go', points: 80 },
    })
    expect(posting.account.debt).toBe(0)
  })
})

describe('any history', () => {
  type Step = { do: 'earn' | 'spend' | 'expire' | 'cancel' | 'return'; points: number; days: number; pick: number }
  const step: fc.Arbitrary<Step> = fc.record({
    do: fc.constantFrom('earn', 'earn', 'spend', 'spend', 'expire', 'cancel', 'return'),
    points: fc.integer({ min: 0, max: 200 }),
    days: fc.integer({ min: 0, max: 20 }),
    pick: fc.nat({ max: 50 }),
  })

  interface Sale {
    seq: number
    points: number
    reclaimed: number
    forfeited: number
  }

  function play(steps: Step[], rule: 'debt' | 'clamp') {
    const ledger = aLedger()
    const sales: Sale[] = []
    const spends: Draw[][] = []
    let today = START
    let reclaimedInAll = 0
    let letGoInAll = 0
    for (const each of steps) {
      today = addDays(today, each.days)
      if (each.do === 'earn') {
        const posting = ledger.apply(
          credit(
            ledger.account,
            occasion(),
            gift(each.points, today, each.pick % 3 === 0 ? null : 5 + each.pick, each.pick % 4),
          ),
        )!
        sales.push({ seq: posting.entries[0]!.seq, points: each.points, reclaimed: 0, forfeited: 0 })
      }
      if (each.do === 'spend') {
        const usable = usablePoints(ledger.lots, today)
        const posting = ledger.apply(spend(ledger.account, ledger.lots, today, occasion('redemption'), each.points))
        expect(posting === null).toBe(usable < each.points)
        if (posting) {
          spends.push(posting.draws)
          for (const draw of posting.draws) {
            const lot = ledger.lots.find(({ seq }) => seq === draw.lotSeq)!
            expect(lot.usableOn <= today && (lot.expiresOn === null || today <= lot.expiresOn)).toBe(true)
          }
        }
      }
      if (each.do === 'expire') ledger.apply(expire(ledger.account, ledger.lots, today, occasion('expiry')))
      if (each.do === 'cancel' && spends.length)
        ledger.apply(
          giveBack(
            ledger.account,
            ledger.lots,
            spends.splice(each.pick % spends.length, 1)[0]!,
            occasion('cancellation'),
          ),
        )
      if (each.do === 'return' && sales.length) {
        const sale = sales[each.pick % sales.length]!
        const points = Math.min(each.points, sale.points - sale.reclaimed)
        const result = reclaim(ledger.account, ledger.lots, today, occasion('return'), {
          points,
          lotSeq: sale.seq,
          month: '2026-01',
          forfeitedBefore: sale.forfeited,
          rule,
          why: [],
        })
        ledger.apply(result.posting)
        expect(result.taken + result.forfeited + result.owed + result.letGo).toBe(points)
        sale.reclaimed += points
        sale.forfeited += result.forfeited
        reclaimedInAll += points
        letGoInAll += result.letGo
      }
      check(ledger)
    }
    return { ledger, reclaimedInAll, letGoInAll }
  }

  function check(ledger: ReturnType<typeof aLedger>) {
    const { account, lots, entries, draws } = ledger
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
    expect(account.balance).toBe(sum(lots.map((lot) => lot.remaining)))
    expect(account.balance).toBe(sum(entries.map((entry) => entry.delta)))
    expect(account.debt).toBe(sum(entries.map((entry) => entry.debtDelta)))
    expect(account.debt).toBeGreaterThanOrEqual(0)
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1))
    for (const lot of lots) {
      expect(lot.remaining).toBeGreaterThanOrEqual(0)
      expect(lot.remaining).toBe(
        lot.points - sum(draws.filter((draw) => draw.lotSeq === lot.seq).map((draw) => draw.points)),
      )
    }
    for (const entry of entries) {
      const drawn = sum(draws.filter((draw) => draw.entrySeq === entry.seq).map((draw) => draw.points))
      if (entry.kind !== 'earn') expect(entry.delta + drawn).toBe(0)
    }
  }

  it.each(['debt', 'clamp'] as const)(
    'keeps balance = Σ remaining = Σ delta, nothing negative and nothing spent after its day (%s)',
    (rule) => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 60 }), (steps) => void play(steps, rule)),
        { numRuns: 300 },
      )
    },
  )

  it('lets nothing go under the debt rule: what is reclaimed is taken, forfeited or owed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        expect(play(steps, 'debt').letGoInAll).toBe(0)
      }),
      { numRuns: 100 },
    )
  })

  it('joins postings so that the later lot wins', () => {
    const first = credit(anAccount(), occasion(), gift(10, START))
    const second = spend(first.account, first.lots, START, occasion('redemption'), 4)!
    expect(both(first, second).lots).toEqual([{ ...first.lots[0], remaining: 6 }])
  })
})
