import { couponNo } from '@pointbook/shared/coupons'
import type { ActorRef } from '@pointbook/shared/references'
import { add, put, save } from '../../../book/changes.ts'
import type { Change, DecisionContext } from '../../../book/move.ts'
import type { View } from '../../../book/view.ts'
import { type CouponBudgetRow, type CouponRow, couponBudgets, couponHolders, coupons } from './tables.ts'

interface Ending {
  coupon: CouponRow
  state: 'used' | 'ended' | 'voided'
  actor: ActorRef
  reason?: string
  usedFor?: CouponRow['usedFor']
  savedFen?: number
}

/** The budgets of a move, changed step by step from what the view has. A move makes one. */
function openBudgets(view: View) {
  const budgets = new Map<number, CouponBudgetRow>()
  return {
    change(kindId: number, change: (budget: CouponBudgetRow) => Partial<CouponBudgetRow>) {
      const budget = budgets.get(kindId) ?? view.get(couponBudgets, kindId)!
      budgets.set(kindId, { ...budget, ...change(budget) })
    },
    changes: (): Change[] => [...budgets.values()].map((budget) => put(couponBudgets, budget)),
  }
}

/**
 * Ends held coupons. Their budgets get back what the coupons reserved, and pay what they took off a purchase of `salesFen`, which
 * counts once for each kind. A move calls it once.
 */
export function endCoupons(view: View, endings: readonly Ending[], { now }: DecisionContext, salesFen = 0): Change[] {
  const budgets = openBudgets(view)
  const ended = endings.map(({ coupon, state, actor, reason = '', usedFor = '', savedFen = 0 }) => {
    budgets.change(coupon.kindId, (budget) => ({
      [state]: budget[state] + 1,
      reservedFen: budget.reservedFen - coupon.reservedFen,
      settledFen: budget.settledFen + savedFen,
    }))
    return put(coupons, { ...coupon, state, endedAt: now, endedBy: actor, usedFor, savedFen, reason })
  })
  for (const kindId of kindsOf(endings)) budgets.change(kindId, (budget) => ({ salesFen: budget.salesFen + salesFen }))
  return [...budgets.changes(), ...ended]
}

/**
 * A return of `fen` of a purchase that had used coupons. Once the whole of it is back the use is undone: a coupon can be used
 * again, by the heir where the member was merged, or stays used and costs nothing. What comes back is reserved again even where
 * others have used the money of the budget meanwhile: the member keeps the right.
 */
export function returnUse(
  view: View,
  used: readonly { coupon: CouponRow; back: boolean }[],
  heirId: number,
  { whole, fen }: { whole: boolean; fen: number },
): Change[] {
  const budgets = openBudgets(view)
  for (const kindId of kindsOf(used)) budgets.change(kindId, (budget) => ({ salesFen: budget.salesFen - fen }))
  if (!whole) return budgets.changes()
  for (const { coupon, back } of used)
    budgets.change(coupon.kindId, (budget) => ({
      used: budget.used - (back ? 1 : 0),
      reservedFen: budget.reservedFen + (back ? coupon.reservedFen : 0),
      settledFen: budget.settledFen - coupon.savedFen,
    }))
  const lost = used.filter(({ back }) => !back).map(({ coupon }) => put(coupons, { ...coupon, savedFen: 0 }))
  const back = used.filter((one) => one.back).map(({ coupon }) => unused(coupon))
  return [...budgets.changes(), ...lost, ...givenBack(view, back, heirId)]
}

const unused = (coupon: CouponRow): CouponRow => ({
  ...coupon,
  state: 'held',
  endedAt: null,
  endedBy: '',
  usedFor: '',
  savedFen: 0,
})

/** Coupons of a double come back under new numbers of the heir. */
function givenBack(view: View, back: readonly CouponRow[], heirId: number): Change[] {
  const own = back.filter(({ memberId }) => memberId === heirId)
  const others = back.filter(({ memberId }) => memberId !== heirId)
  if (others.length === 0) return own.map((coupon) => put(coupons, coupon))
  const holder = view.get(couponHolders, heirId)
  const before = holder?.granted ?? 0
  return [
    ...own.map((coupon) => put(coupons, coupon)),
    save(couponHolders, holder, { memberId: heirId, granted: before + others.length }),
    ...others.map((coupon) => put(coupons, { ...coupon, state: 'passed' })),
    ...others.map((coupon, at) =>
      add(coupons, { ...coupon, memberId: heirId, seq: before + 1 + at, source: 'merge', ref: couponNo(coupon) }),
    ),
  ]
}

const kindsOf = (some: readonly { coupon: CouponRow }[]) => new Set(some.map(({ coupon }) => coupon.kindId))
