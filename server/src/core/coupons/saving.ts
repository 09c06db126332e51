import type { CouponSaving, CouponTerms } from '@pointbook/shared/contract/spending/coupon-terms'
import { conditionsOf } from '@pointbook/shared/coupons'
import { share } from '@pointbook/shared/money'
import type { ExplanationCode } from '@pointbook/shared/words'
import { addParts, sum } from '../earning/allocate.ts'
import { conditionsCheck } from '../earning/conditions.ts'
import type { EarningEvent } from '../earning/event.ts'
import { type Facts, factsOf } from '../earning/facts.ts'
import { coversOf } from '../earning/scope.ts'

/** A purchase before coupons. */
export type Cart = Pick<EarningEvent, 'lines' | 'storeId' | 'channel' | 'on' | 'minute' | 'who'>

export interface Saved {
  /** What the coupon takes off, and the part of each line of the cart, fen. */
  fen: number
  lineFen: readonly number[]
}

/** The reason why a coupon saves nothing in a cart. */
export type Unsaved = { reason: ExplanationCode }

/**
 * What a coupon takes off a cart. `openFen` is what is still to pay of each line, after the coupons before it. The saving is
 * rounded down and spread over the lines in scope by what is open, so that no line becomes negative.
 */
export function savingOf(terms: CouponTerms, cart: Cart, openFen: readonly number[]): Saved | Unsaved {
  const facts = factsOf({ ...cart, payment: null }, openFen)
  const unmet = conditionsCheck(conditionsOf(terms.place))(facts)
  if (unmet) return { reason: unmet }
  const lines = linesInScope(terms, facts)
  const openInScope = lines.map((line) => openFen[line]!)
  const baseFen = sum(openInScope)
  if (baseFen === 0) return { reason: { type: 'nothing-in-scope' } }
  const { saving } = terms
  const neededFen = 'fromFen' in saving ? saving.fromFen : 0
  if (baseFen < neededFen) return { reason: { type: 'amount-below', neededFen, amountFen: baseFen } }
  if (saving.type === 'exchange') return exchanged(saving, facts, lines)
  const fen = fenOff(saving, baseFen)
  const lineFen = openFen.map(() => 0)
  addParts(lineFen, lines, fen, openInScope)
  return { fen, lineFen }
}

/** The lines that a coupon looks at: goods, or the delivery fee for a coupon that pays it. */
function linesInScope({ saving, goods }: CouponTerms, facts: Facts): number[] {
  const covered = coversOf(goods)?.(facts) ?? facts.allLines
  const wantsDelivery = saving.type === 'delivery'
  const candidates = wantsDelivery ? facts.allLines : covered
  return candidates.filter((line) => (facts.lines[line]!.delivery ?? false) === wantsDelivery)
}

function fenOff(saving: Exclude<CouponSaving, { type: 'exchange' }>, baseFen: number): number {
  switch (saving.type) {
    case 'amount':
      return Math.min(saving.offFen, baseFen)
    case 'percent':
      return Math.min(saving.mostFen ?? baseFen, share(baseFen, saving.offBp, 10_000, 'down'))
    case 'voucher':
      return Math.min(saving.worthFen, baseFen)
    case 'delivery':
      return Math.min(saving.mostFen, baseFen)
  }
}

/** The dearest piece in scope, the earlier line among equals. */
function exchanged(
  { mostFen }: Extract<CouponSaving, { type: 'exchange' }>,
  facts: Facts,
  lines: readonly number[],
): Saved {
  const pieceFen = (line: number) => share(facts.countedFen[line]!, 1, facts.lines[line]!.quantity, 'down')
  const dearest = lines.reduce((best, line) => (pieceFen(line) > pieceFen(best) ? line : best))
  const fen = Math.min(mostFen, pieceFen(dearest))
  return { fen, lineFen: facts.countedFen.map((_, line) => (line === dearest ? fen : 0)) }
}
