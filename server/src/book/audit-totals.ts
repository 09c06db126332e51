import { yuan } from '@pointbook/shared/money'
import { boughtSince } from '../core/ledger/bought.ts'
import type { Account } from '../core/ledger/points.ts'
import { carriedBy } from '../core/members/merging.ts'
import type { Blame, MemberBook } from './audit-member.ts'
import type { EntryRow } from './tables.ts'

export type PointsBook = MemberBook<Account, EntryRow>

/** The change of the account's lifetime totals by merges. */
export const carriedTo = ({ entries }: PointsBook) =>
  carriedBy(entries.flatMap(({ kind, why }) => (kind === 'merge' ? legible(why) : [])))

/** The explanations may be damaged; then their seal does not match. */
const legible = (why: unknown): EntryRow['why'] => (Array.isArray(why) ? why.filter((part) => part?.because) : [])

/** The figures of a points account besides points: purchases and the money spent. */
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
