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

const NOTHING: Unsaved = { reason: { type: 'nothing-in-scope' } }

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
  if (baseFen === 0) return NOTHING
  const { saving } = terms
  const neededFen = 'fromFen' in saving ? saving.fromFen : 0
  const goodsFen = saving.type === 'delivery' ? sum(goodsOf(terms, facts).map((line) => openFen[line]!)) : baseFen
  if (goodsFen < neededFen) return { reason: { type: 'amount-below', neededFen, amountFen: goodsFen } }
  if (saving.type === 'exchange') return exchanged(saving, facts, lines)
  const fen = fenOff(saving, baseFen)
  if (fen === 0) return NOTHING
  const lineFen = openFen.map(() => 0)
  addParts(lineFen, lines, fen, openInScope)
  return { fen, lineFen }
}

/** The lines that a coupon takes something off: goods, or the delivery fee for a coupon that pays it. */
const linesInScope = (terms: CouponTerms, facts: Facts): number[] =>
  terms.saving.type === 'delivery'
    ? facts.allLines.filter((line) => facts.lines[line]!.delivery)
    : goodsOf(terms, facts)

const goodsOf = ({ goods }: CouponTerms, facts: Facts): number[] =>
  (coversOf(goods)?.(facts) ?? facts.allLines).filter((line) => !facts.lines[line]!.delivery)

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

/** The dearest piece in scope that is still to pay, by its price before coupons, the earlier line among equals. */
function exchanged(
  { mostFen }: Extract<CouponSaving, { type: 'exchange' }>,
  facts: Facts,
  lines: readonly number[],
): Saved | Unsaved {
  const pieceFen = (line: number) => {
    const { amountFen, quantity } = facts.lines[line]!
    return Math.min(facts.countedFen[line]!, share(amountFen, 1, quantity, 'down'))
  }
  const dearest = lines.reduce((best, line) => (pieceFen(line) > pieceFen(best) ? line : best))
  const fen = Math.min(mostFen, pieceFen(dearest))
  if (fen === 0) return NOTHING
  return { fen, lineFen: facts.countedFen.map((_, line) => (line === dearest ? fen : 0)) }
}
