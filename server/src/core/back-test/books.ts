import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, type Day, LAST_DAY } from '@pointbook/shared/day'
import { bySpendOrder, isUsable } from '../assets/lots.ts'
import type { Lot } from '../assets/posting.ts'
import { isActivity, lastDayBy, type Step } from '../ledger/extension.ts'

/** A lot in the replay. Earnings that no later entry refers to share one lot with others of the same dates. */
export interface ReplayedLot extends Lot {
  isShared: boolean
  /** The changes of its last day; `by` is the purchase whose return undoes the step. */
  steps: (Step & { by: string })[]
}

interface Take {
  lot: ReplayedLot
  points: number
}

/** The points that a spend took, and those that were missing. */
export interface Spent {
  takes: Take[]
  missing: number
  /** The points that have been given back, the missing ones first. */
  back: number
}

export interface Opened {
  points: number
  usableOn: Day
  expiresOn: Day | null
  /** Something later will name these points. */
  isNamed: boolean
}

/**
 * The points of one member in a replay. Does what `points.ts` does, but changes the lots in place: a replay keeps no entries, and
 * copies would take most of its time. `ended` is called for points that expire, with the day.
 */
export class Books {
  balance = 0
  debt = 0
  private lots: ReplayedLot[] = []
  private seq = 0
  /** No lot ends before the day after this one. */
  private firstEnd: Day = LAST_DAY
  private readonly ended: (on: Day, points: number) => void

  constructor(ended: (on: Day, points: number) => void) {
    this.ended = ended
  }

  /** The last day whose nightly job has run. */
  endUntil(on: Day) {
    if (on <= this.firstEnd) return
    for (const lot of this.lots)
      if (lot.expiresOn !== null && lot.expiresOn < on) this.end(lot, addDays(lot.expiresOn, 1))
    this.lots = this.lots.filter(({ remaining }) => remaining > 0)
    this.firstEnd = LAST_DAY
    for (const { expiresOn } of this.lots) this.watch(expiresOn)
  }

  /** Ends all points, when a membership ends. */
  endAll(on: Day) {
    for (const lot of this.lots) this.end(lot, on)
    this.lots = []
  }

  /** Credits points and pays a debt from them. Null for no points. */
  open({ points, usableOn, expiresOn, isNamed }: Opened): ReplayedLot | null {
    if (points === 0) return null
    this.balance += points
    const lot = this.lotFor(usableOn, expiresOn, isNamed)
    lot.amount += points
    lot.remaining += points
    this.watch(expiresOn)
    this.payDebt([{ lot, points }])
    return lot
  }

  /** Spends usable points; counts those that are not there as missing. */
  spend(points: number, on: Day): Spent {
    const takes = this.takeFrom(this.usable(on), points)
    return { takes, missing: points - totalOf(takes), back: 0 }
  }

  /** Gives points of a spend back to their lots, the youngest lot first. Points past their last day expire at once. */
  giveBack(spent: Spent, points: number, on: Day) {
    const [from, until] = [spent.back - spent.missing, spent.back + points - spent.missing]
    spent.back += points
    const lotParts: Take[] = []
    let counted = 0
    for (const { lot, points: taken } of spent.takes.toSorted((a, b) => b.lot.seq - a.lot.seq)) {
      const part = Math.min(until, counted + taken) - Math.max(from, counted, 0)
      counted += taken
      if (part > 0) lotParts.push({ lot, points: part })
    }
    for (const { lot, points: part } of lotParts) this.putBack(lot, part)
    this.payDebt(lotParts.toReversed())
    for (const { lot } of lotParts) if (lot.expiresOn !== null && lot.expiresOn < on) this.end(lot, on)
  }

  /** Takes earned points back as `reclaim` does. Returns how many of them had expired unused in their own lot. */
  reclaim(own: ReplayedLot | null, points: number, forfeitedBefore: number, rule: Policy['returns'], on: Day): number {
    const fromOwn = own ? totalOf(this.takeFrom([own], points)) : 0
    const forfeited = Math.min(points - fromOwn, own ? own.expired - forfeitedBefore : 0)
    const others = this.usable(on).filter((lot) => lot !== own)
    const fromOthers = totalOf(this.takeFrom(others, points - fromOwn - forfeited))
    if (rule === 'debt') this.debt += points - fromOwn - forfeited - fromOthers
    return forfeited
  }

  /** Moves last days to those that `later` returns; null or an earlier day changes nothing. */
  extend(later: (lot: ReplayedLot) => Day | null, by: string) {
    for (const lot of this.lots) {
      const { expiresOn } = lot
      const day = lot.remaining > 0 ? later(lot) : null
      if (expiresOn === null || day === null || day <= expiresOn) continue
      lot.steps.push({ expiresFrom: expiresOn, expiresOn: day, stands: true, by })
      lot.expiresOn = day
    }
  }

  /** Undoes the extensions of a purchase when too little of it is left, in fen. */
  shorten(policy: Policy, by: string, leftFen: number) {
    if (policy.expiry.extension === null || isActivity(policy, leftFen)) return
    for (const lot of this.lots) {
      const own = lot.steps.find((step) => step.by === by)
      if (!own?.stands) continue
      own.stands = false
      lot.expiresOn = lastDayBy(lot.steps, lot.expiresOn)
      this.watch(lot.expiresOn)
    }
  }

  /** Receives all lots of another member with their dates. The debts of both are paid from usable points. */
  takeIn(other: Books, on: Day) {
    for (const lot of other.lots.filter(({ remaining }) => remaining > 0)) {
      lot.seq = ++this.seq
      this.lots.push(lot)
      this.watch(lot.expiresOn)
    }
    this.balance += other.balance
    this.debt += other.debt
    this.debt -= totalOf(this.takeFrom(this.usable(on), this.debt))
    other.lots = []
    other.balance = 0
    other.debt = 0
  }

  private lotFor(usableOn: Day, expiresOn: Day | null, isNamed: boolean): ReplayedLot {
    const last = this.lots.at(-1)
    const fits = last?.isShared && last.expiresOn === expiresOn && last.usableOn === usableOn && last.steps.length === 0
    if (fits && !isNamed) return last
    const lot = {
      ...{ memberId: 0, seq: ++this.seq, amount: 0, remaining: 0, expired: 0 },
      ...{ usableOn, expiresOn, isShared: !isNamed, steps: [] },
    }
    this.lots.push(lot)
    return lot
  }

  private usable(on: Day): ReplayedLot[] {
    return this.lots.filter((lot) => isUsable(lot, on)).sort(bySpendOrder)
  }

  private takeFrom(lots: readonly ReplayedLot[], points: number): Take[] {
    const takes: Take[] = []
    let left = points
    for (const lot of lots) {
      if (left === 0) break
      const amount = Math.min(left, lot.remaining)
      if (amount === 0) continue
      lot.remaining -= amount
      left -= amount
      takes.push({ lot, points: amount })
    }
    this.balance -= points - left
    return takes
  }

  private payDebt(lotParts: readonly Take[]) {
    for (const { lot, points } of lotParts)
      if (this.debt > 0) this.debt -= totalOf(this.takeFrom([lot], Math.min(points, this.debt)))
  }

  private putBack(lot: ReplayedLot, points: number) {
    // A lot that was empty at the last night has left the list.
    if (!this.lots.includes(lot)) this.lots.push(lot)
    lot.remaining += points
    this.balance += points
    this.watch(lot.expiresOn)
  }

  private end(lot: ReplayedLot, on: Day) {
    if (lot.remaining === 0) return
    this.ended(on, lot.remaining)
    this.balance -= lot.remaining
    lot.expired += lot.remaining
    lot.remaining = 0
  }

  private watch(expiresOn: Day | null) {
    if (expiresOn !== null && expiresOn < this.firstEnd) this.firstEnd = expiresOn
  }
}

const totalOf = (takes: readonly Take[]) => takes.reduce((sum, { points }) => sum + points, 0)
