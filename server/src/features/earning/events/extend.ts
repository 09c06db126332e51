import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Extension } from '@pointbook/shared/contract/points/policy'
import type { Because } from '@pointbook/shared/words'
import type { Setting, Touch } from '../../../book/move.ts'
import { lots, openLots } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { extended, extendsBy } from '../../../core/ledger/extension.ts'
import type { Posting, Why } from '../../../core/ledger/points.ts'
import { redate, withRedates } from '../../../core/ledger/redate.ts'

/** The lots that activity of this kind may give a later day; none under most policies. */
export const extendTouches = ({ policy }: Setting, memberId: number, trigger: Trigger): Touch[] =>
  extendsBy(policy, trigger) ? [openLots(memberId)] : []

function reasonOf(extension: Extension): Because {
  if (extension.type === 'renewal') return { type: 'extended-by-renewal', months: extension.months }
  const { withinMonths, addMonths } = extension
  return { type: 'extended-by-activity', withinMonths, addMonths }
}

/** What activity earned, and the later days it gives to the points the member already had. `paidFen`: the money of a purchase. */
export function extend(
  view: View,
  { policy, today }: Setting,
  posting: Posting,
  trigger: Trigger,
  paidFen: number | null = null,
): Posting {
  const { extension } = policy.expiry
  if (extension === null || !extendsBy(policy, trigger)) return posting
  // The last entry may be the payment of a debt.
  const { ref, actor, at, policyVersion } = posting.entries.findLast(({ kind }) => kind === 'earn')!
  const now = new Map(posting.lots.map((lot) => [lot.seq, lot]))
  const held = view.range(lots, posting.account.memberId).map((lot) => now.get(lot.seq) ?? lot)
  const why: Why = { rule: '@extension', points: 0, because: reasonOf(extension) }
  const occasion = { cause: 'extension', ref, actor, at, policyVersion } as const
  return withRedates(posting, redate(posting.account, occasion, extended(policy, held, trigger, today, paidFen), [why]))
}
