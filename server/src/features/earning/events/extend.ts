import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Extension } from '@pointbook/shared/contract/points/policy'
import type { ExplanationCode } from '@pointbook/shared/words'
import type { DecisionContext } from '../../../book/move.ts'
import { lots, openLots } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { redate, withRedates } from '../../../core/assets/redate.ts'
import { extended, extendsBy } from '../../../core/ledger/extension.ts'
import type { Explanation, Posting } from '../../../core/ledger/points.ts'

function reasonOf(extension: Extension): ExplanationCode {
  if (extension.type === 'renewal') return { type: 'extended-by-renewal', months: extension.months }
  const { withinMonths, addMonths } = extension
  return { type: 'extended-by-activity', withinMonths, addMonths }
}

/** A part in which activity extends the points that the member already had; empty under most policies. */
export function extensionPart({ policy, today }: DecisionContext, memberId: number, trigger: Trigger) {
  const { extension } = policy.expiry
  if (extension === null || !extendsBy(policy, trigger))
    return { touches: [], extend: (_: View, posting: Posting) => posting }

  /** The posting of the activity together with the extensions. `paidFen`: the money of a purchase. */
  function extend(view: View, posting: Posting, paidFen: number | null = null): Posting {
    // The last entry may be the payment of a debt.
    const { ref, actor, at, policyVersion } = posting.entries.findLast(({ kind }) => kind === 'earn')!
    const now = new Map(posting.lots.map((lot) => [lot.seq, lot]))
    const memberLots = view.range(lots, memberId).map((lot) => now.get(lot.seq) ?? lot)
    const why: Explanation = { rule: '@extension', points: 0, because: reasonOf(extension!) }
    const header = { cause: 'extension', ref, actor, at, policyVersion } as const
    const dates = extended(policy, memberLots, trigger, today, paidFen)
    return withRedates(posting, redate(posting.account, header, dates, [why]))
  }
  return { touches: [openLots(memberId)], extend }
}
