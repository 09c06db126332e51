import { type Day, daysBetween } from '@pointbook/shared/day'
import type { AccountRow } from '../../../book/tables.ts'
import { usableAmount } from '../../../core/assets/lots.ts'
import type { Lot } from '../../../core/assets/posting.ts'
import { gained } from '../../../core/ledger/points.ts'
import { expiringOf } from './store.ts'

/** The member's points as the home page and the panel show them. */
export function pointsSummary(account: AccountRow, memberLots: readonly Lot[], today: Day) {
  const pending = memberLots.reduce((sum, lot) => (lot.usableOn > today ? sum + lot.remaining : sum), 0)
  return {
    balance: account.balance,
    usable: usableAmount(memberLots, today),
    pending,
    debt: account.debt,
    earned: gained(account),
    spent: account.spent,
    expired: account.expired,
    expiring: expiringOf(memberLots, today).map(({ on, points }) => ({ on, points, daysLeft: daysBetween(today, on) })),
  }
}
