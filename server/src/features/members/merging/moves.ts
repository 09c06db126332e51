import type { Instant } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { log, row, save } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type Change, move } from '../../../book/move.ts'
import { account, logged, lots, openLots, posted, quotas, quotasOf } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { usableAmount } from '../../../core/assets/lots.ts'
import { standingPurchases } from '../../../core/ledger/bought.ts'
import { gained } from '../../../core/ledger/points.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'
import { joinHeldTiers, passOn } from '../../../core/members/merging.ts'
import { riseTier, tierInForce } from '../../../core/tiers/tiers.ts'
import { accountOf } from '../../points/ledger/moves.ts'
import { tierChanges, tierPart } from '../../points/tiers/part.ts'
import { memberTiers } from '../../points/tiers/tables.ts'
import { memberNo } from '../directory/words.ts'
import { lotOrigins, mergedMembers } from '../identities/tables.ts'

export interface Merge {
  /** The kept record. */
  keptId: number
  /** The record that is closed; no other may have been merged into it. */
  doubleId: number
  /** The figures that the merchant confirmed: points moved, and the kept member's account afterwards. */
  shown?: Shown<'points' | 'balance' | 'debt'> & Shown<'tierName', string>
  reason: string
  actor: ActorRef
  requestId: string
}

/** The kept member's figures after the merge. */
export interface Merged {
  /** Points and lots that came over. */
  points: number
  lots: number
  balance: number
  usable: number
  debt: number
  earned: number
  spent: number
  expired: number
  /** Purchases of which something is left. */
  purchases: number
  spendFen: number
  tierName: string
}

/** Moves one member's account into another's and closes the first, with an audit log line for each. */
export const mergeMembers = move<Merge, Merged>('members.merge', {
  member: ({ keptId }) => keptId,
  key: ({ requestId }) => `merge/${requestId}`,
  same: ({ doubleId }) => doubleId,
  touches: ({ keptId, doubleId }, context) =>
    [keptId, doubleId].flatMap((memberId) => [
      account(memberId),
      openLots(memberId),
      row(mergedMembers, memberId),
      quotasOf(memberId),
      ...tierPart(memberId, context).touches,
    ]),
  decide(view, input, context) {
    const { keptId, doubleId, shown = {}, actor } = input
    if (keptId === doubleId) throw new Refusal('merge.same')
    const { now: at, today, policyVersion, policy } = context
    const [kept, double] = [mergeable(view, keptId), mergeable(view, doubleId)]
    const [before, merged] = [view.get(mergedMembers, keptId), view.get(mergedMembers, doubleId)]
    if (merged?.takenIn) throw new Refusal('merge.chain', { memberNo: memberNo(doubleId) })
    const memberLots = view.range(lots, keptId)
    const by = { actor, at, policyVersion }
    const { from, into, origins } = passOn(double, view.range(lots, doubleId), kept, memberLots, today, by)
    const closed = { ...from, account: { ...from.account, standing: 'cancelled' as const } }
    const points = double.balance
    const tier = tierPart(keptId, context).heldTier(view)
    const tiers = joinHeldTiers(policy, keptId, tier, tierPart(doubleId, context).heldTier(view))
    const risen = riseTier(policy, into.account, tiers, today)
    const after = [...memberLots.filter(({ seq }) => !into.lots.some((lot) => lot.seq === seq)), ...into.lots]
    const { balance, debt, spent, expired, spendFen } = into.account
    const tierName = tierInForce(policy, into.account, risen?.heldTier ?? tiers, today)?.name ?? ''
    const rest = `${debt > 0 ? `、欠 ${group(debt)} 分` : ''}${tierName && `、等级${tierName}`}`
    requireShown('merge.changed', shown, { points, balance, debt, tierName }, { rest })
    const outcome = {
      points,
      lots: origins.length,
      balance,
      usable: usableAmount(after, today),
      debt,
      earned: gained(into.account),
      spent,
      expired,
      purchases: standingPurchases(into.account),
      spendFen,
      tierName,
    }
    return {
      changes: [
        ...posted(closed),
        ...posted(into),
        ...origins.map((origin) => log(lotOrigins, origin)),
        ...jointQuotas(view, keptId, doubleId),
        ...(tiers ? [save(memberTiers, tier, tiers)] : []),
        ...tierChanges(risen, tiers, context),
        save(mergedMembers, merged, { memberId: doubleId, intoId: keptId, takenIn: 0 }),
        save(mergedMembers, before, { memberId: keptId, intoId: null, takenIn: (before?.takenIn ?? 0) + 1 }),
        message('member.merged', { keptId, doubleId, points }, at),
        ...logLines(input, outcome, at),
      ],
      outcome,
    }
  },
})

/** A line in the log of each of the two. */
function logLines({ keptId, doubleId, reason, actor }: Merge, outcome: Merged, at: Instant): Change[] {
  const line = { actor, action: 'member.merge', detail: outcome } as const
  const moved = `${group(outcome.points)} 分、${outcome.lots} 个批次转入`
  return [
    logged(at, { ...line, subject: memberRef(keptId), text: `并入会员 ${memberNo(doubleId)}，${moved}：${reason}` }),
    logged(at, { ...line, subject: memberRef(doubleId), text: `并入会员 ${memberNo(keptId)}：${reason}` }),
  ]
}

function mergeable(view: View, memberId: number) {
  const account = accountOf(view, memberId)
  if (account.standing !== 'active') throw new Refusal('merge.inactive', { memberNo: memberNo(memberId) })
  return account
}

/** The use of a limit is added up: a second record is no second share. */
function jointQuotas(view: View, keptId: number, doubleId: number) {
  const own = new Map(view.range(quotas, keptId).map((quota) => [quota.scope, quota]))
  return view.range(quotas, doubleId).map(({ scope, used: theirs }) => {
    const mine = own.get(scope)
    return save(quotas, mine, { memberId: keptId, scope, used: (mine?.used ?? 0) + theirs })
  })
}
