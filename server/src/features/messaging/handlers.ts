import type { House } from '../../outside.ts'
import type { OutboxHandler } from '../../platform/outbox.ts'
import { readMember } from '../members/store.ts'
import { type Notice, tell } from './tell.ts'
import {
  type Cancelled,
  cancellationNotice,
  type Expired,
  expiredNotice,
  type FriendReward,
  type Redeemed,
  redemptionNotice,
  rewardedNotice,
  type StandingChanged,
  standingNotice,
  takenBackNotice,
} from './words.ts'

export function messagingHandlers(house: House): Record<string, OutboxHandler> {
  /** Tells, or fails so that the outbox comes again later. */
  async function told(notice: Notice): Promise<void> {
    const { waiting } = await tell(house, notice)
    if (waiting) throw new Error('WeChat takes no messages just now')
  }

  const nameOf = async (memberId: number) => (await readMember(house.db, memberId))?.nickname ?? ''

  return {
    'redemption.made': (redeemed: Redeemed) => told(redemptionNotice(redeemed, house.env)),
    // Who cancelled it oneself need not be told.
    'redemption.cancelled': async (order: Cancelled) => {
      if (!order.actor.startsWith('member/')) await told(cancellationNotice(order))
    },
    'points.expired': (expired: Expired) => told(expiredNotice(expired)),
    'referral.rewarded': async (reward: FriendReward) => told(rewardedNotice(reward, await nameOf(reward.inviteeId))),
    'referral.taken-back': async (reward: FriendReward) =>
      told(takenBackNotice(reward, await nameOf(reward.inviteeId))),
    'member.standing-changed': (change: StandingChanged) => told(standingNotice(change)),
  }
}
