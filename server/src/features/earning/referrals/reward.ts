import { dayOf } from '@pointbook/shared/day'
import { parsePurchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { type Doubt, doubtsOf } from '../../../core/referrals/doubts.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readMember } from '../../members/directory/store.ts'
import { heirOf } from '../../members/identities/store.ts'
import { readProfile } from '../events/traits.ts'
import { readFacts } from './facts.ts'
import { type Pair, type Reward, rewardInvitee, rewardInviter } from './moves.ts'
import { holdReward } from './review.ts'
import { purchaseRefs, readReferral } from './store.ts'

/** Rewards by the first of the friend's purchases that qualifies. */
export async function rewardAny(server: Server, pair: Omit<Reward, 'purchase'>): Promise<void> {
  for (const ref of await purchaseRefs(server.db, pair.inviteeId)) {
    if (await reward(server, { ...pair, purchase: parsePurchaseRef(ref)! })) return
  }
}

/** Rewards both sides, each exactly once. A suspicious invitation is held or refused instead. False when no reward is due. */
export async function reward(server: Server, reward: Reward): Promise<boolean> {
  const { db, book, clock, offsetMinutes } = server
  const { inviterId, inviteeId, round } = reward
  try {
    const doubts = await readDoubts(db, reward)
    if (doubts.length > 0) {
      await book.make(holdReward, { ...reward, doubts })
      return true
    }
    await book.make(rewardInvitee, reward)
    const month = dayOf(clock.now(), offsetMinutes).slice(0, 7)
    const heirId = await heirOf(db, inviterId)
    const profile = await readProfile(server, heirId)
    await book.make(rewardInviter, { inviterId: heirId, inviteeId, round, month, profile })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invitation.not-due') return false
    throw error
  }
}

/** The doubts about an invitation; none after the merchant's review. */
export async function readDoubts(db: Database, pair: Pair): Promise<Doubt[]> {
  const [referral, { joinedAt }] = await Promise.all([readReferral(db, pair.inviteeId), mustRead(db, pair.inviteeId)])
  return referral?.reviewedBy ? [] : doubtsOf(await readFacts(db, pair, joinedAt))
}

export async function mustRead(db: Database, memberId: number) {
  const member = await readMember(db, memberId)
  if (!member) throw new Refusal('member.unknown')
  return member
}
