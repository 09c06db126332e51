import type { Policy, Tier } from '@pointbook/shared/contract/points/policy'
import type { Change, Setting, Touch } from '../../../book/move.ts'
import { message, put, row } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import type { Account } from '../../../core/ledger/points.ts'
import { type HeldTier, riseTier, type Settled, type TierNews, tierInForce } from '../../../core/tiers/tiers.ts'
import { memberTiers } from './tables.ts'

export const tierTouch = (memberId: number): Touch => row(memberTiers, memberId)

export const heldTier = (view: View, memberId: number): HeldTier | null => view.get(memberTiers, memberId) ?? null

/** The tier in force, for a move that touches it. */
export const tierNow = (view: View, { policy, today }: Setting, account: Account): Tier | null =>
  tierInForce(policy, account, heldTier(view, account.memberId), today)

/** Raises the tier to what the account has just come to reach, and lets the member know. */
export function raised(view: View, setting: Setting, account: Account): Change[] {
  const { policy, today } = setting
  return tierChanges(riseTier(policy, account, heldTier(view, account.memberId), today), setting)
}

/** What a decision about a tier writes: `tier.…` messages carry the names of the day they were made. */
export const tierChanges = (settled: Settled | null, { policy, today, now }: Setting): Change[] =>
  settled === null
    ? []
    : [
        put(memberTiers, settled.held),
        ...settled.news.map((news) =>
          message(`tier.${news.type}`, { memberId: settled.held.memberId, on: today, ...toldOf(news, policy) }, now),
        ),
      ]

function toldOf(news: TierNews, { tiers }: Policy): object {
  switch (news.type) {
    case 'upgraded':
    case 'kept':
      return named(news.tier)
    case 'grace':
      return { ...named(news.tier), until: news.until, needed: news.needed, measure: tiers.measure }
    case 'downgraded':
    case 'grant-ended':
      return { from: news.from.name, to: news.to?.name ?? '' }
  }
}

const named = ({ name, benefits }: Tier) => ({ name, benefits: benefits.map((benefit) => benefit.name) })
