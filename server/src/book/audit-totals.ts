import { yuan } from '@pointbook/shared/money'
import { boughtSince } from '../core/ledger/bought.ts'
import type { Account } from '../core/ledger/points.ts'
import { carriedBy } from '../core/members/merging.ts'
import type { Blame, MemberBook } from './audit-member.ts'
import type { EntryRow } from './tables.ts'

export type PointsBook = MemberBook<Account, EntryRow>

/** What merges have brought to the account's lifetime totals. */
export const carriedTo = ({ entries }: PointsBook) =>
  carriedBy(entries.flatMap(({ kind, why }) => (kind === 'merge' ? legible(why) : [])))

/** Somebody may have made the reasons unreadable; their seal will tell. */
const legible = (why: EntryRow['why'] | null): EntryRow['why'] => (why ?? []).filter((part) => part?.because)

/** What an account of points counts beside points: purchases and the money spent on them. */
export function checkPurchaseTotals(book: PointsBook, blame: Blame) {
  const { memberId, account, entries } = book
  if (!account) return
  const { purchases, spendFen } = account
  const fault = (text: string) => blame('lifetimes', `会员 ${memberId}：${text}`)
  const receipts = entries.filter(({ cause }) => cause === 'purchase').length + carriedTo(book).purchases
  if (purchases !== receipts) fault(`消费 ${purchases} 次，流水中有 ${receipts} 次`)
  const [boughtFen, bought] = boughtSince(account)
  if (boughtFen !== spendFen) fault(`累计消费 ${yuan(spendFen)} 元，各月之和 ${yuan(boughtFen)} 元`)
  if (bought < 0 || bought > purchases) fault(`消费 ${purchases} 次，各月之和 ${bought} 次`)
}
