import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Day } from '@pointbook/shared/day'
import { lastUsableDay } from '../ledger/expiry.ts'
import { extended, extendsBy } from '../ledger/extension.ts'
import type { Books, ReplayedLot, Spent } from './books.ts'
import type { SaleBooks } from './sale.ts'

/** An entry of a member that is neither a purchase nor a return. `name` identifies it for later entries. */
export type Other = { memberId: number; on: Day } & (
  | { type: 'given'; points: number; source: Trigger | null; isActivity: boolean; counts: boolean; name?: string }
  | { type: 'spent'; points: number; name?: string }
  | { type: 'given-back'; points: number; name: string }
  | { type: 'taken-back'; points: number; name: string }
  | { type: 'confirmed'; ref: string }
  | { type: 'extended'; endingBy: Day; expiresOn: Day }
  | { type: 'merged'; intoId: number }
  | { type: 'membership-ended' }
)

/** An entry that a later entry may refer to by name. */
export interface Named {
  spent?: Spent
  gift?: { lot: ReplayedLot | null; points: number; month: string }
  sale?: SaleBooks
}

/** Extends the points that this kind of activity extends. `paidFen` is the money of a purchase, `by` its name. */
export function beActive(
  policy: Policy,
  books: Books,
  trigger: Trigger,
  on: Day,
  paidFen: number | null = null,
  by = '',
) {
  if (!extendsBy(policy, trigger)) return
  books.extend((lot) => extended(policy, [lot], trigger, on, paidFen)[0]?.expiresOn ?? null, by)
}

interface Page {
  policy: Policy
  books: Books
  named: Map<string, Named>
  /** Points earned in a month that count for the tier; negative when they are taken back. */
  count(points: number, month: string): void
}

/**
 * Replays an entry that concerns the points of one member only: the amounts are those of the ledger, the dates follow the policy.
 * Returns how many of the used points would have been missing; these are let go.
 */
export function replayOther(page: Page, other: Other): number {
  if (other.type !== 'spent') {
    change(page, other)
    return 0
  }
  const spent = page.books.spend(other.points, other.on)
  if (other.name) page.named.set(other.name, { spent })
  return spent.missing
}

function change({ policy, books, named, count }: Page, other: Exclude<Other, { type: 'spent' }>) {
  const { on } = other
  switch (other.type) {
    case 'given': {
      const { points, source, name } = other
      if (other.isActivity && source) beActive(policy, books, source, on)
      const expiresOn = lastUsableDay(policy, on, source)
      const lot = books.open({ points, usableOn: on, expiresOn, isNamed: name !== undefined })
      if (name) named.set(name, { gift: { lot, points, month: on.slice(0, 7) } })
      if (other.counts) count(points, on.slice(0, 7))
      return
    }
    case 'given-back': {
      const spent = named.get(other.name)?.spent
      if (spent) books.giveBack(spent, other.points, on)
      return
    }
    case 'taken-back':
      return takeBack(other.name, other.points)
    case 'extended':
      return books.extend(({ expiresOn }) => (isMeant(expiresOn, on, other.endingBy) ? other.expiresOn : null), '')
    case 'membership-ended':
      return books.endAll(on)
  }

  function takeBack(name: string, points: number) {
    const { sale, gift } = named.get(name) ?? {}
    if (sale) {
      const left = sale.points - sale.claimed
      sale.forfeited += books.reclaim(sale.lot, left, sale.forfeited, policy.returns, on)
      sale.claimed = sale.points
      return count(-left, sale.month)
    }
    books.reclaim(gift?.lot ?? null, gift?.points ?? points, 0, policy.returns, on)
    if (gift) count(-gift.points, gift.month)
  }
}

const isMeant = (expiresOn: Day | null, on: Day, endingBy: Day) =>
  expiresOn !== null && expiresOn >= on && expiresOn <= endingBy
