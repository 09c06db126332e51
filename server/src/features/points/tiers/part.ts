import type { Tier } from '@pointbook/shared/contract/points/policy'
import { row, save } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import type { Change, DecisionContext } from '../../../book/move.ts'
import type { View } from '../../../book/view.ts'
import type { Account } from '../../../core/ledger/points.ts'
import { type HeldTier, riseTier, type Settled, type TierNews, tierInForce } from '../../../core/tiers/tiers.ts'
import { memberTiers } from './tables.ts'

/** A part that reads and raises a member's tier. */
export function tierPart(memberId: number, context: DecisionContext) {
  const { policy, today } = context
  const heldTier = (view: View): HeldTier | null => view.get(memberTiers, memberId) ?? null
  return {
    touches: [row(memberTiers, memberId)],
    heldTier,
    inForce: (view: View, account: Account): Tier | null => tierInForce(policy, account, heldTier(view), today),
    /** Raises the tier to the one that the account reaches now, and notifies the member. */
    raise: (view: View, account: Account): Change[] =>
      tierChanges(riseTier(policy, account, heldTier(view), today), heldTier(view), context),
  }
}

/** The changes of a tier decision. Its messages have the tier names of that day. */
export const tierChanges = (settled: Settled | null, before: HeldTier | null, context: DecisionContext): Change[] =>
  settled === null
    ? []
    : [
        save(memberTiers, before, settled.heldTier),
        ...settled.news.map((news) => newsMessage(news, settled.heldTier.memberId, context)),
      ]

function newsMessage(news: TierNews, memberId: number, { policy, today, now }: DecisionContext): Change {
  const member = { memberId, on: today }
  switch (news.type) {
    case 'upgraded':
      return message('tier.upgraded', { ...member, ...named(news.tier) }, now)
    case 'kept':
      return message('tier.kept', { ...member, ...named(news.tier) }, now)
    case 'grace': {
      const { until, needed } = news
      return message(
        'tier.grace',
        { ...member, ...named(news.tier), until, needed, measure: policy.tiers.measure },
        now,
      )
    }
    case 'downgraded':
      return message('tier.downgraded', { ...member, ...lowered(news) }, now)
    case 'grant-ended':
      return message('tier.grant-ended', { ...member, ...lowered(news) }, now)
  }
}

const lowered = ({ from, to }: { from: Tier; to: Tier | null }) => ({ from: from.name, to: to?.name ?? '' })

const named = ({ name, benefits }: Tier) => ({ name, benefits: benefits.map((benefit) => benefit.name) })
