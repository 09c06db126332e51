import type { CouponSaving, CouponTerms } from '@pointbook/shared/contract/spending/coupon-terms'
import { MOST_TOGETHER } from '@pointbook/shared/coupons'
import type { Day } from '@pointbook/shared/day'
import { type Cart, type Saved, savingOf, type Unsaved } from './saving.ts'

/** A coupon that a purchase may use. */
export interface Usable {
  /** Names the coupon among those of the member. */
  seq: number
  /** Coupons of one kind have the same terms, of one version or another. */
  kindId: number
  /** The last usable day. */
  until: Day
  terms: CouponTerms
}

export interface Used extends Saved {
  coupon: Usable
}

/** Why a set of coupons cannot be used together. */
export type CombinationFault =
  | { type: 'alone'; coupon: Usable }
  | { type: 'pieces'; coupon: Usable; pieces: number }
  | ({ type: 'unsaved'; coupon: Usable } & Unsaved)

/**
 * The order in which the coupons of a purchase apply, by kind: pieces that cost nothing, then parts of the price, then amounts,
 * then what pays like money. Each sees what those before it left to pay.
 */
const turn: Record<CouponSaving['type'], number> = { exchange: 0, percent: 1, amount: 2, voucher: 3, delivery: 4 }

const inTurn = (a: Usable, b: Usable) => turn[a.terms.saving.type] - turn[b.terms.saving.type] || endsFirst(a, b)

const endsFirst = (a: Usable, b: Usable) => a.until.localeCompare(b.until) || a.seq - b.seq

/** What these coupons take off together, in the order in which they apply; or why they cannot. */
export function combine(coupons: readonly Usable[], cart: Cart): Used[] | CombinationFault {
  const fault = stackingFault(coupons)
  if (fault) return fault
  const openFen = cart.lines.map(({ amountFen }) => amountFen)
  const used: Used[] = []
  for (const coupon of coupons.toSorted(inTurn)) {
    const saved = savingOf(coupon.terms, cart, openFen)
    if ('reason' in saved) return { type: 'unsaved', coupon, ...saved }
    saved.lineFen.forEach((fen, line) => {
      openFen[line]! -= fen
    })
    used.push({ coupon, ...saved })
  }
  return used
}

function stackingFault(coupons: readonly Usable[]): CombinationFault | null {
  if (coupons.length < 2) return null
  const alone = coupons.find(({ terms }) => !terms.stacking.coupons)
  if (alone) return { type: 'alone', coupon: alone }
  for (const coupon of coupons) {
    const { pieces } = coupon.terms.stacking
    if (coupons.filter(({ kindId }) => kindId === coupon.kindId).length > pieces)
      return { type: 'pieces', coupon, pieces }
  }
  return null
}

export const savedFen = (used: readonly Used[]): number => used.reduce((sum, { fen }) => sum + fen, 0)

/**
 * The coupons to suggest for a cart: the best one alone, or a combination that saves more. Combinations grow by the coupon that
 * adds most, so a rare better one may be missed. Among equals the coupons that end first.
 */
export function suggested(coupons: readonly Usable[], cart: Cart): Used[] {
  const sorted = coupons.toSorted(endsFirst)
  const alone = best(sorted.map((coupon) => combine([coupon], cart)))
  const stackable = sorted.filter(({ terms }) => terms.stacking.coupons)
  let together: Used[] = []
  while (together.length < MOST_TOGETHER) {
    const chosen = together.map(({ coupon }) => coupon)
    const others = stackable.filter((coupon) => !chosen.includes(coupon))
    const more = best(others.map((coupon) => combine([...chosen, coupon], cart)))
    if (savedFen(more) <= savedFen(together)) break
    together = more
  }
  return savedFen(together) > savedFen(alone) ? together : alone
}

/** The most that is saved, the earlier among equals; nothing when no combination is possible. */
function best(combinations: readonly (Used[] | CombinationFault)[]): Used[] {
  let most: Used[] = []
  for (const one of combinations) if (Array.isArray(one) && savedFen(one) > savedFen(most)) most = one
  return most
}
