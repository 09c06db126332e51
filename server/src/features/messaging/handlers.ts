import { addDays, dayOf } from '@pointbook/shared/day'
import type { House } from '../../outside.ts'
import type { OutboxHandler } from '../../platform/outbox.ts'
import { readMember } from '../members/store.ts'
import { compensatedNotice, judgedNotice, takenNotice } from './case-words.ts'
import { type Notice, tell, tellByInbox } from './tell.ts'
import {
  downgradedNotice,
  graceNotice,
  grantEndedNotice,
  grantedNotice,
  grantTakenNotice,
  keptNotice,
  type Reached,
  upgradedNotice,
} from './tier-words.ts'
import {
  type Cancelled,
  cancellationNotice,
  expiredNotice,
  extendedNotice,
  type FriendReward,
  type Redeemed,
  redemptionNotice,
  rewardedNotice,
  standingNotice,
  takenBackNotice,
} from './words.ts'

const NEWS_DAYS = 7

export function messagingHandlers(house: House): Record<string, OutboxHandler> {
  /** Tells, or fails so that the outbox comes again later. */
  async function told(notice: Notice): Promise<void> {
    const { waiting } = await tell(house, notice)
    if (waiting) throw new Error('WeChat takes no messages just now')
  }

  /** Those whom no subscribe message can reach are told all at once, the others one by one. */
  const telling = <P>(noticeOf: (payload: P) => Notice): OutboxHandler => ({
    sift: async (payloads: P[]) => {
      const notices = payloads.map(noticeOf)
      const left = await tellByInbox(house, notices)
      return payloads.filter((_, index) => left.has(notices[index]!))
    },
    handle: (payload: P) => told(noticeOf(payload)),
  })

  /** A rise of long ago, as in a history taken in, is no news. */
  const ifRecent = ({ sift, handle }: OutboxHandler): OutboxHandler => ({
    handle,
    sift: async (payloads: Reached[]) => {
      const since = addDays(dayOf(house.clock.now(), house.offsetMinutes), -NEWS_DAYS)
      return sift!(payloads.filter(({ on }) => on >= since) as never[])
    },
  })

  const nameOf = async (memberId: number) => (await readMember(house.db, memberId))?.nickname ?? ''

  return {
    'redemption.made': telling((redeemed: Redeemed) => redemptionNotice(redeemed, house.env)),
    'redemption.cancelled': {
      // Who cancelled it oneself need not be told.
      handle: async (order: Cancelled) => {
        if (!order.actor.startsWith('member/')) await told(cancellationNotice(order))
      },
    },
    'points.expired': telling(expiredNotice),
    'points.extended': telling(extendedNotice),
    'referral.rewarded': {
      handle: async (reward: FriendReward) => told(rewardedNotice(reward, await nameOf(reward.inviteeId))),
    },
    'referral.taken-back': {
      handle: async (reward: FriendReward) => told(takenBackNotice(reward, await nameOf(reward.inviteeId))),
    },
    'member.standing-changed': telling(standingNotice),
    'case.taken': telling(takenNotice),
    'case.decided': telling(judgedNotice),
    'points.compensated': telling(compensatedNotice),
    'tier.upgraded': ifRecent(telling(upgradedNotice)),
    'tier.kept': telling(keptNotice),
    'tier.grace': telling(graceNotice),
    'tier.downgraded': telling(downgradedNotice),
    'tier.granted': telling(grantedNotice),
    'tier.grant-ended': telling(grantEndedNotice),
    'tier.grant-taken': telling(grantTakenNotice),
  }
}
