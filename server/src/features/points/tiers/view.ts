import type { Policy } from '@pointbook/shared/contract/points/policy'
import { type Day, dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { AccountRow } from '../../../book/tables.ts'
import { outlook } from '../../../core/tiers/outlook.ts'
import { counted, type HeldTier, levelsUp, nextTier, tierInForce } from '../../../core/tiers/tiers.ts'
import type { Server } from '../../../server.ts'
import { readAccount } from '../ledger/store.ts'
import { policyInForce } from '../policy/store.ts'
import { readHeldTier } from './store.ts'
import { countedText, keepText } from './words.ts'

export interface Standing {
  policy: Policy
  account: AccountRow
  heldTier: HeldTier | null
  today: Day
}

/** The facts that determine a member's tier. Throws `member.unknown`. */
export async function readStanding({ db, clock, offsetMinutes }: Server, memberId: number): Promise<Standing> {
  const now = clock.now()
  const [account, heldTier, { document: policy }] = await Promise.all([
    readAccount(db, memberId),
    readHeldTier(db, memberId),
    policyInForce(db, now),
  ])
  if (!account) throw new Refusal('member.unknown')
  return { policy, account, heldTier, today: dayOf(now, offsetMinutes) }
}

/** The tier in force and its dates: since when, and the last day where it was granted. Null where the shop has no tier that low. */
export function ownTier({ policy, account, heldTier, today }: Standing) {
  const tier = tierInForce(policy, account, heldTier, today)
  if (!tier) return null
  const { id, name, benefits } = tier
  const own = tierInForce(policy, account, heldTier && { ...heldTier, grantedUntil: null }, today)
  const granted = heldTier !== null && own?.id !== id
  const since = granted ? heldTier.grantedOn : heldTier?.tierId === id ? heldTier.since : null
  return { id, name, since, until: granted ? heldTier.grantedUntil : null, benefits }
}

/** The tier page of the member. */
export function tierStanding({ policy, account, heldTier, today }: Standing) {
  const tier = tierInForce(policy, account, heldTier, today)
  const own = ownTier({ policy, account, heldTier, today })
  const ahead = outlook(policy, account, heldTier, today)
  const next = nextTier(policy, account, heldTier, today)
  return {
    currentId: own?.id ?? null,
    since: own?.since ?? null,
    safeUntil: ahead.safeUntil,
    grantedUntil: own?.until ?? null,
    measure: policy.tiers.measure,
    counted: counted(policy, account, today),
    windowText: countedText(policy),
    keep: ahead.keep && tier && { ...ahead.keep, text: keepText(policy, tier, ahead) },
    next: next && { id: next.tier.id, name: next.tier.name, needed: next.needed },
    tiers: levelsUp(policy),
  }
}

/** The tier as the merchant sees it. */
export function tierRecord({ policy, account, heldTier, today }: Standing) {
  const tier = tierInForce(policy, account, heldTier, today)
  const own = ownTier({ policy, account, heldTier, today })
  const ahead = outlook(policy, account, heldTier, today)
  const nameOf = (id: string | null) => policy.tiers.levels.find((level) => level.id === id)?.name ?? '已取消的等级'
  const {
    grantedOn: on = null,
    grantedUntil: until = null,
    grantedBy: by = '',
    grantReason: reason = '',
  } = heldTier ?? {}
  const isGranted = heldTier && on && until && today <= until
  return {
    name: own?.name ?? '',
    since: own?.since ?? null,
    safeUntil: ahead.safeUntil,
    text: tier ? keepText(policy, tier, ahead) : '',
    granted: isGranted ? { name: nameOf(heldTier.grantedTierId), on, until, by, reason } : null,
  }
}
