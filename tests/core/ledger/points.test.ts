import { endAll, expire, giveBack, spend } from '@pointbook/server/core/assets/changes'
import { usableAmount } from '@pointbook/server/core/assets/lots'
import { joinPostings } from '@pointbook/server/core/assets/posting'
import { credit, emptyAccount } from '@pointbook/server/core/ledger/points'
import { reclaim } from '@pointbook/server/core/ledger/reclaim'
import { addDays } from '@pointbook/shared/day'
import { describe, expect, it } from 'vitest'
import { aLedger, entryHeader, gift, START } from '../../support/ledger.ts'

describe('spending', () => {
  it('draws from the lot that expires first, and from the older one among equals', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, entryHeader(), gift(100, START, 60)))
    ledger.apply(credit(ledger.account, entryHeader(), gift(100, START, 30)))
    ledger.apply(credit(ledger.account, entryHeader(), gift(100, START, null)))
    ledger.apply(spend(ledger.account, ledger.lots, START, entryHeader('redemption'), 150))
    expect(ledger.lots.map((lot) => lot.remaining)).toEqual([50, 0, 100])
  })

  it('never takes pending points, nor points past their last day', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, entryHeader(), gift(100, START, 30, 7)))
    expect(spend(ledger.account, ledger.lots, START, entryHeader(), 1)).toBeNull()
    expect(usableAmount(ledger.lots, addDays(START, 7))).toBe(100)
    expect(usableAmount(ledger.lots, addDays(START, 30))).toBe(100)
    expect(spend(ledger.account, ledger.lots, addDays(START, 31), entryHeader(), 1)).toBeNull()
  })
})

describe('giving back', () => {
  it("puts each point into the lot it came from, with that lot's dates", () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, entryHeader(), gift(60, START, 30)))
    ledger.apply(credit(ledger.account, entryHeader(), gift(60, START, 90)))
    const spent = ledger.apply(spend(ledger.account, ledger.lots, START, entryHeader('redemption'), 100))!
    ledger.apply(giveBack(ledger.account, ledger.lots, spent.draws, entryHeader('cancellation')))
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
    ledger.apply(credit(ledger.account, entryHeader(), gift(60, START, 30)))
    ledger.apply(credit(ledger.account, entryHeader(), { ...gift(40, addDays(START, 7)), expiresOn: null }))
    const ended = ledger.apply(endAll(ledger.account, ledger.lots, entryHeader('membership-end')))!
    expect(ended.entries.map(({ kind, delta }) => [kind, delta])).toEqual([['expire', -100]])
    expect(ledger.account).toMatchObject({ balance: 0, expired: 100 })
    expect(endAll(ledger.account, ledger.lots, entryHeader('membership-end'))).toBeNull()
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

  it('counts points that expired unused as gone and takes them from no other lot', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, entryHeader(), gift(100, START, 10)))
    const later = addDays(START, 11)
    ledger.apply(expire(ledger.account, ledger.lots, later, entryHeader('expiry')))
    ledger.apply(credit(ledger.account, entryHeader(), gift(70, later)))
    const { posting, ...parts } = reclaim(ledger.account, ledger.lots, later, entryHeader('return'), claim(100, 1))
    ledger.apply(posting)
    expect(parts).toEqual({ taken: 0, forfeited: 100, owed: 0, letGo: 0 })
    expect(ledger.account.balance).toBe(70)
  })

  it('does not change the tier figures when the points never counted for them', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, entryHeader(), gift(100, START)))
    ledger.apply(credit(ledger.account, entryHeader(), { ...gift(50, START), kind: 'adjust' }))
    const { earned } = ledger.account
    const byHand = { ...claim(50, 2), month: null }
    ledger.apply(reclaim(ledger.account, ledger.lots, START, entryHeader('unlawful'), byHand).posting)
    expect(ledger.account).toMatchObject({ balance: 100, earned })
  })

  it('makes a debt for spent points, which the next earning pays first', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, entryHeader(), gift(100, START)))
    ledger.apply(spend(ledger.account, ledger.lots, START, entryHeader('redemption'), 80))
    const { posting, ...parts } = reclaim(ledger.account, ledger.lots, START, entryHeader('return'), claim(100, 1))
    ledger.apply(posting)
    expect(parts).toEqual({ taken: 20, forfeited: 0, owed: 80, letGo: 0 })
    ledger.apply(credit(ledger.account, entryHeader(), gift(100, START)))
    expect(ledger.account).toMatchObject({ balance: 20, debt: 0 })
    expect(ledger.entries.slice(-2).map(({ kind, delta }) => [kind, delta])).toEqual([
      ['earn', 100],
      ['repay', -80],
    ])
  })

  it('does not take the rest under the clamp rule, and reports it', () => {
    const ledger = aLedger()
    ledger.apply(credit(ledger.account, entryHeader(), gift(100, START)))
    ledger.apply(spend(ledger.account, ledger.lots, START, entryHeader('redemption'), 80))
    const { posting, letGo } = reclaim(
      ledger.account,
      ledger.lots,
      START,
      entryHeader('return'),
      claim(100, 1, 'clamp'),
    )
    expect(letGo).toBe(80)
    expect(posting.entries[0]!.why).toContainEqual({
      rule: 'let-go',
      points: -80,
      because: { type: 'let-go', points: 80 },
    })
    expect(posting.account.debt).toBe(0)
  })
})

describe('a posting joined to another', () => {
  it('keeps the later state of a lot', () => {
    const first = credit(emptyAccount(1), entryHeader(), gift(10, START))
    const second = spend(first.account, first.lots, START, entryHeader('redemption'), 4)!
    expect(joinPostings(first, second).lots).toEqual([{ ...first.lots[0], remaining: 6 }])
  })
})
