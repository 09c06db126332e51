import type { Policy } from '@pointbook/shared/contract/points/policy'
import { type Day, dayText } from '@pointbook/shared/day'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { put, save } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { move } from '../../../book/move.ts'
import { account, logged } from '../../../book/tables.ts'
import { type HeldTier, holdsNothing, levelsUp, noGrant, settleTier } from '../../../core/tiers/tiers.ts'
import { accountOf, activeAccountOf } from '../ledger/moves.ts'
import { tierChanges, tierPart } from './part.ts'
import { memberTiers } from './tables.ts'

/** Settles what becomes of a member's tier on a day. A frozen member cannot earn, and loses no tier meanwhile. */
export const settleMember = move<{ memberId: number; today: Day }, { changed: boolean }>('tiers.settle', {
  member: ({ memberId }) => memberId,
  key: ({ today }) => `tier/${today}`,
  touches: ({ memberId }, context) => [account(memberId), ...tierPart(memberId, context).touches],
  decide(view, { memberId }, context) {
    const before = accountOf(view, memberId)
    const heldTier = tierPart(memberId, context).heldTier(view)
    const settled = before.standing === 'active' ? settleTier(context.policy, before, heldTier, context.today) : null
    return { changes: tierChanges(settled, heldTier, context), outcome: { changed: settled !== null } }
  },
})

export interface Grant {
  memberId: number
  tierId: string
  /** Last day. */
  until: Day
  reason: string
  actor: ActorRef
  requestId: string
}

/** Grants a tier until a day, whatever the member reaches. A new grant takes the place of the old. */
export const grantTier = move<Grant, { tierName: string; until: Day }>('tiers.grant', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `tier-grant/${requestId}`,
  same: ({ tierId, until, reason }) => [tierId, until, reason],
  touches: ({ memberId }, context) => [account(memberId), ...tierPart(memberId, context).touches],
  decide(view, { memberId, tierId, until, reason, actor, requestId }, context) {
    const { policy, today, now } = context
    activeAccountOf(view, memberId)
    const tier = levelsUp(policy).find(({ id }) => id === tierId)
    if (!tier) throw new Refusal('tier.unknown')
    if (until < today) throw new Refusal('tier.day-past')
    const before = tierPart(memberId, context).heldTier(view)
    const heldTier = {
      ...(before ?? holdsNothing(memberId, today)),
      grantedTierId: tierId,
      grantedOn: today,
      grantedUntil: until,
      grantedBy: actor,
      grantReason: reason,
    }
    const benefits = tier.benefits.map(({ name }) => name)
    const event = message('tier.granted', { memberId, name: tier.name, until, reason, benefits, fact: requestId }, now)
    const text = `授予${tier.name}到 ${dayText(until)}：${reason}`
    const detail = { before: grantShown(policy, before, today), after: { tierName: tier.name, until } }
    const line = { actor, action: 'tier.grant', subject: memberRef(memberId), text, detail } as const
    const outcome = { tierName: tier.name, until }
    return { changes: [save(memberTiers, before, heldTier), event, logged(now, line)], outcome }
  },
})

/** The grant in force as the audit log shows it; nulls for none. */
function grantShown(policy: Policy, heldTier: HeldTier | null, today: Day) {
  const { grantedTierId, grantedUntil } = heldTier ?? noGrant
  if (!grantedUntil || grantedUntil < today) return { tierName: null, until: null }
  return { tierName: levelsUp(policy).find(({ id }) => id === grantedTierId)?.name ?? null, until: grantedUntil }
}

export type GrantEnd = Pick<Grant, 'memberId' | 'reason' | 'actor' | 'requestId'>

/** Ends a granted tier before its day. */
export const endGrantedTier = move<GrantEnd, { tierName: string }>('tiers.end-grant', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `tier-grant-end/${requestId}`,
  same: ({ reason }) => reason,
  touches: ({ memberId }, context) => [account(memberId), ...tierPart(memberId, context).touches],
  decide(view, { memberId, reason, actor, requestId }, context) {
    const { policy, today, now } = context
    accountOf(view, memberId)
    const heldTier = tierPart(memberId, context).heldTier(view)
    if (!heldTier?.grantedUntil || heldTier.grantedUntil < today) throw new Refusal('tier.not-granted')
    const before = grantShown(policy, heldTier, today)
    const tierName = before.tierName ?? ''
    const event = message('tier.grant-taken', { memberId, name: tierName, reason, fact: requestId }, now)
    const text = `提前结束授予的${tierName}：${reason}`
    const detail = { before, after: grantShown(policy, null, today) }
    const line = { actor, action: 'tier.end-grant', subject: memberRef(memberId), text, detail } as const
    return { changes: [put(memberTiers, { ...heldTier, ...noGrant }), event, logged(now, line)], outcome: { tierName } }
  },
})
