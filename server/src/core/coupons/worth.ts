import type { CouponSaving } from '@pointbook/shared/contract/spending/coupon-terms'

/**
 * The most that one piece can take off, fen: reserved in the budget at the grant, settled at use. Null for a percentage without
 * a cap, whose cost is known at use only.
 */
export function mostWorthFen(saving: CouponSaving): number | null {
  switch (saving.type) {
    case 'amount':
      return saving.offFen
    case 'voucher':
      return saving.worthFen
    default:
      return saving.mostFen
  }
}
