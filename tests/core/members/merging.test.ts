import { expire, spend } from '@pointbook/server/core/assets/changes'
import { sum } from '@pointbook/server/core/earning/allocate'
import { credit } from '@pointbook/server/core/ledger/points'
import { reclaim } from '@pointbook/server/core/ledger/reclaim'
import { carriedBy, passOn, reclaimMoved } from '@pointbook/server/core/members/merging'
import { addDays, type Day } from '@pointbook/shared/day'
import type { EntryKind } from '@pointbook/shared/words'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLedger, entryHeader, expectToBalance, gift, START } from '../../support/ledger.ts'

const [KEPT, DOUBLE] = [1, 2]
const by = { actor: 'admin/a' as const, at: `${START}T04:00:00.000Z`, policyVersion: 1 }

interface Earned {
  memberId: number
  seq: number
  points: number
  month: string
}

/** A member's books, and what every purchase earned. */
function aLedgerOf(memberId: number) {
  const ledger = aLedger(memberId)
  const earned: Earned[] = []
  return Object.assign(ledger, {
    earned,
    earn(points: number, today: Day, validDays: number | null, pendingDays: number) {
      const { account } = ledger
      const given = gift(points, today, validDays, pendingDays)
      ledger.apply(credit({ ...account, purchases: account.purchases + 1 }, entryHeader(), given))
      earned.push({ memberId, seq: account.seq + 1, points, month: given.month })
    },
    spend(points: number, today: Day) {
      ledger.apply(spend(ledger.account, ledger.lots, today, entryHeader('redemption'), points))
    },
    expire(today: Day) {
      ledger.apply(expire(ledger.account, ledger.lots, today, entryHeader('expiry')))
    },
  })
}

type Ledger = ReturnType<typeof aLedgerOf>

const deeds = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant('earn' as const),
      points: fc.integer({ min: 1, max: 200 }),
      validDays: fc.option(fc.integer({ min: 0, max: 60 })),
      pendingDays: fc.integer({ min: 0, max: 20 }),
    }),
    fc.record({ type: fc.constant('spend' as const), points: fc.integer({ min: 1, max: 150 }) }),
    fc.record({ type: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 30 }) }),
  ),
  { maxLength: 20 },
)

type Deeds = typeof deeds extends fc.Arbitrary<infer D> ? D : never

function live(ledger: Ledger, done: Deeds, from: Day): Day {
  let today = from
  for (const deed of done) {
    if (deed.type === 'earn') ledger.earn(deed.points, today, deed.validDays, deed.pendingDays)
    else if (deed.type === 'spend') ledger.spend(deed.points, today)
    else {
      today = addDays(today, deed.days)
      ledger.expire(today)
    }
  }
  return today
}

function merge(kept: Ledger, double: Ledger, today: Day) {
  const passed = passOn(double.account, double.lots, kept.account, kept.lots, today, by)
  kept.apply(passed.into)
  double.apply(passed.from)
  return passed.origins
}

const openLots = (...ledgers: Ledger[]) =>
  ledgers
    .flatMap(({ lots }) => lots)
    .filter(({ remaining }) => remaining > 0)
    .map(({ remaining, usableOn, expiresOn }) => `${remaining} ${usableOn} ${expiresOn}`)
    .sort()

/** The books balance, and the lifetime totals are those of the account's own entries and what merges have carried over. */
function expectToAddUp(ledger: Ledger) {
  expectToBalance(ledger)
  const { account, entries } = ledger
  const sumOf = (wanted: EntryKind) => sum(entries.filter(({ kind }) => kind === wanted).map(({ delta }) => delta))
  const carried = carriedBy(entries.flatMap(({ why }) => why))
  expect(account).toMatchObject({
    spent: -sumOf('spend') + carried.spent,
    expired: -sumOf('expire') + carried.expired,
    purchases: entries.filter(({ cause }) => cause === 'purchase').length + carried.purchases,
  })
}

describe('merging two records', () => {
  it('gives the kept member one entry for each lot of the double, with its dates', () => {
    const [kept, double] = [aLedgerOf(KEPT), aLedgerOf(DOUBLE)]
    kept.earn(50, START, null, 0)
    double.earn(100, START, 30, 0)
    double.earn(40, START, null, 7)
    double.spend(60, START)
    const origins = merge(kept, double, START)
    expect(kept.entries.slice(1).map(({ kind, ref, delta }) => [kind, ref, delta])).toEqual([
      ['merge', '2', 0],
      ['merge', '2/1', 40],
      ['merge', '2/2', 40],
    ])
    expect(kept.lots.slice(1)).toMatchObject([
      { seq: 3, amount: 40, usableOn: '2026-01-01', expiresOn: '2026-01-31' },
      { seq: 4, amount: 40, usableOn: '2026-01-08', expiresOn: null },
    ])
    expect(double.entries.at(-1)).toMatchObject({ kind: 'merge', ref: '1', delta: -80, balanceAfter: 0 })
    expect(origins.map(({ seq, fromSeq }) => [seq, fromSeq])).toEqual([
      [3, 1],
      [4, 2],
    ])
  })

  it('counts both histories for the tier and leaves the double with none', () => {
    const [kept, double] = [aLedgerOf(KEPT), aLedgerOf(DOUBLE)]
    kept.earn(50, START, null, 0)
    double.earn(100, START, null, 0)
    double.earn(7, '2025-06-01', null, 0)
    merge(kept, double, START)
    expect(kept.account).toMatchObject({
      earned: 157,
      purchases: 3,
      earnedByMonth: { '2026-01': 150, '2025-06': 7 },
    })
    expect(double.account).toMatchObject({ earned: 0, purchases: 0, earnedByMonth: {}, balance: 0, debt: 0 })
  })

  it('pays the debt of one record from the usable points of the other, and does not use pending points', () => {
    const [kept, double] = [aLedgerOf(KEPT), aLedgerOf(DOUBLE)]
    kept.earn(50, START, null, 0)
    double.earn(30, START, null, 0)
    double.spend(30, START)
    const claim = { points: 30, lotSeq: 1, month: '2026-01', forfeitedBefore: 0, rule: 'debt' as const, why: [] }
    double.apply(reclaim(double.account, double.lots, START, entryHeader('return'), claim).posting)
    double.earn(25, START, null, 9)
    expect(double.account.debt).toBe(5)
    merge(kept, double, START)
    expect(kept.account).toMatchObject({ balance: 45, debt: 0 })
    expect(kept.entries.at(-1)).toMatchObject({ kind: 'repay', delta: -5, debtDelta: -5 })
    expectToAddUp(kept)
    expectToAddUp(double)
  })

  it('takes back no points that expired before the merge', () => {
    const [kept, double] = [aLedgerOf(KEPT), aLedgerOf(DOUBLE)]
    kept.earn(80, START, null, 0)
    double.earn(40, START, 5, 0)
    const today = addDays(START, 10)
    double.expire(today)
    merge(kept, double, today)
    const claim = { points: 40, month: '2026-01', forfeitedBefore: 0, rule: 'debt' as const, why: [] }
    const moved = { lotSeq: 0, ranOut: 40 }
    const claimed = reclaimMoved(kept.account, kept.lots, today, entryHeader('return'), claim, moved)
    expect(claimed).toMatchObject({ taken: 0, forfeited: 40, owed: 0 })
  })

  it('keeps every point and every date after any history of both records', () => {
    fc.assert(
      fc.property(deeds, deeds, (mine, theirs) => {
        const [kept, double] = [aLedgerOf(KEPT), aLedgerOf(DOUBLE)]
        const today = live(double, theirs, live(kept, mine, START))
        const before = openLots(kept, double)
        const earned = kept.account.earned + double.account.earned
        merge(kept, double, today)
        expect(openLots(kept)).toEqual(before)
        expect(openLots(double)).toEqual([])
        expect(kept.account.earned).toBe(earned)
        expectToAddUp(kept)
        expectToAddUp(double)
      }),
    )
  })

  it('takes back exactly the points given, for returns in any order, first from the lots of the purchases', () => {
    const picks = fc.array(fc.nat(), { maxLength: 40 })
    fc.assert(
      fc.property(deeds, deeds, deeds, picks, (mine, theirs, after, order) => {
        const [kept, double] = [aLedgerOf(KEPT), aLedgerOf(DOUBLE)]
        const joined = live(double, theirs, live(kept, mine, START))
        const origins = merge(kept, double, joined)
        const bought = [...kept.earned, ...double.earned]
        const today = live(kept, after, joined)
        const given = bought.reduce((sum, { points }) => sum + points, 0)
        const [worth, counted] = [kept.account.balance - kept.account.debt, kept.account.earned]
        let [moved, forfeited] = [0, 0]
        for (const pick of order) {
          const [one] = bought.splice(pick % Math.max(1, bought.length), 1)
          if (one) returnOne(one)
        }
        for (const one of bought) returnOne(one)
        expect(moved + forfeited).toBe(given)
        expect(kept.account.balance - kept.account.debt).toBe(worth - moved)
        expect(kept.account.earned).toBe(counted - given)
        expectToAddUp(kept)

        function returnOne({ memberId, seq, points, month }: Earned) {
          const where = memberId === KEPT ? { lotSeq: seq, ranOut: 0 } : movedFrom(seq)
          const own = kept.lots.find((lot) => lot.seq === where.lotSeq)?.remaining ?? 0
          const claim = { points, month, forfeitedBefore: 0, rule: 'debt' as const, why: [] }
          const header = entryHeader('return')
          const { posting, ...parts } = reclaimMoved(kept.account, kept.lots, today, header, claim, where)
          const fromOwn = posting.draws.find((draw) => draw.lotSeq === where.lotSeq)?.amount ?? 0
          expect(fromOwn).toBe(Math.min(own, points))
          expect(parts.taken + parts.forfeited + parts.owed).toBe(points)
          moved += parts.taken + parts.owed
          forfeited += parts.forfeited
          kept.apply(posting)
        }

        function movedFrom(fromSeq: number) {
          const lotSeq = origins.find((origin) => origin.fromSeq === fromSeq)?.seq ?? 0
          return { lotSeq, ranOut: double.lots.find((lot) => lot.seq === fromSeq)!.expired }
        }
      }),
    )
  })
})
