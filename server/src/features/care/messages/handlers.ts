import { addDays, dayOf } from '@pointbook/shared/day'
import type { OutboxHandler } from '../../../platform/outbox.ts'
import type { Server } from '../../../server.ts'
import { readMember } from '../../members/directory/store.ts'
import { isWeChat } from '../../members/directory/words.ts'
import { heirOf } from '../../members/identities/store.ts'
import { compensatedNotice, judgedNotice, takenNotice } from './case-words.ts'
import { moveCredits } from './credits.ts'
import { moveInbox } from './store.ts'
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
  actNotice,
  type Cancelled,
  cancellationNotice,
  expiredNotice,
  extendedNotice,
  type FriendReward,
  type Merged,
  mergedNotice,
  type Redeemed,
  type RewardRefused,
  redemptionNotice,
  rewardedNotice,
  rewardRefusedNotice,
  standingNotice,
  takenBackNotice,
} from './words.ts'

const NEWS_DAYS = 7

export function messageHandlers(server: Server): Record<string, OutboxHandler> {
  /** Tells, or fails so that the outbox comes again later. */
  async function told(notice: Notice): Promise<void> {
    const { waiting } = await tell(server, notice)
    if (waiting) throw new Error('WeChat takes no messages just now')
  }

  /** Those whom no subscribe message can reach are told all at once, the others one by one. */
  const telling = <P>(noticeOf: (payload: P) => Notice): OutboxHandler => ({
    sift: async (payloads: P[]) => {
      const notices = payloads.map(noticeOf)
      const left = await tellByInbox(server, notices)
      return payloads.filter((_, index) => left.has(notices[index]!))
    },
    handle: (payload: P) => told(noticeOf(payload)),
  })

  const isRecent = ({ on }: Reached) => on >= addDays(dayOf(server.clock.now(), server.offsetMinutes), -NEWS_DAYS)

  /** A rise of long ago, as in a history taken in, is no news, whether it comes alone or among others. */
  const ifRecent = ({ sift, handle }: OutboxHandler): OutboxHandler => ({
    handle: async (reached: Reached) => {
      if (isRecent(reached)) await handle(reached as never)
    },
    sift: async (payloads: Reached[]) => sift!(payloads.filter(isRecent) as never[]),
  })

  const nameOf = async (memberId: number) => (await readMember(server.db, memberId))?.nickname ?? ''

  /** Tells whoever stands for the member now. A double's occasion may be numbered like one of the heir's own, so it is named. */
  async function tellHeir(notice: Notice): Promise<void> {
    const { memberId, fact } = notice
    const heir = await heirOf(server.db, memberId)
    await told(heir === memberId ? notice : { ...notice, memberId: heir, fact: `${memberId}/${fact}` })
  }

  async function merged(merge: Merged): Promise<void> {
    const { keptId, doubleId } = merge
    await moveInbox(server.db, doubleId, keptId)
    const double = await readMember(server.db, doubleId)
    if (double && !isWeChat(double.openid)) await moveCredits(server.db, doubleId, keptId)
    await told(mergedNotice(merge))
  }

  return {
    'redemption.made': telling((redeemed: Redeemed) => redemptionNotice(redeemed, server.env)),
    'redemption.cancelled': {
      // Who cancelled it oneself need not be told.
      handle: async (order: Cancelled) => {
        if (!order.actor.startsWith('member/')) await tellHeir(cancellationNotice(order))
      },
    },
    'points.expired': telling(expiredNotice),
    'points.extended': telling(extendedNotice),
    'act.rewarded': telling(actNotice),
    'referral.rewarded': {
      handle: async (reward: FriendReward) => told(rewardedNotice(reward, await nameOf(reward.inviteeId))),
    },
    'referral.taken-back': {
      handle: async (reward: FriendReward) => told(takenBackNotice(reward, await nameOf(reward.inviteeId))),
    },
    'referral.refused': {
      handle: async (refused: RewardRefused) => told(rewardRefusedNotice(refused, await nameOf(refused.inviteeId))),
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
    'member.merged': { handle: merged },
  }
}
