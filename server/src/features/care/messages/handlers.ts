import { addDays, dayOf } from '@pointbook/shared/day'
import { isOfKind } from '@pointbook/shared/references'
import type { Events, MemberNews } from '../../../book/events.ts'
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
  upgradedNotice,
} from './tier-words.ts'
import {
  actNotice,
  cancellationNotice,
  expiredNotice,
  extendedNotice,
  mergedNotice,
  redemptionNotice,
  rewardedNotice,
  rewardRefusedNotice,
  standingNotice,
  takenBackNotice,
} from './words.ts'

const NEWS_DAYS = 7

type Upgrade = Events['tier.upgraded']

/** Every event that a member is told of has its words here, or this does not compile. */
type MemberNewsHandlers = { [Topic in keyof MemberNews]: OutboxHandler<MemberNews[Topic]> }

export function messageHandlers(server: Server) {
  /** Tells, or fails so that the outbox comes again later. */
  async function sendNotice(notice: Notice): Promise<void> {
    const { waiting } = await tell(server, notice)
    if (waiting) throw new Error('WeChat takes no messages just now')
  }

  /** Those whom no subscribe message can reach are told all at once, the others one by one. */
  const telling = <Payload>(noticeOf: (payload: Payload) => Notice): OutboxHandler<Payload> => ({
    sift: async (payloads) => {
      const notices = payloads.map(noticeOf)
      const left = await tellByInbox(server, notices)
      return payloads.filter((_, index) => left.has(notices[index]!))
    },
    handle: (payload) => sendNotice(noticeOf(payload)),
  })

  const isRecent = ({ on }: Upgrade) => on >= addDays(dayOf(server.clock.now(), server.offsetMinutes), -NEWS_DAYS)

  /** A rise of long ago, as in a history taken in, is no news, whether it comes alone or among others. */
  const ifRecent = ({ sift, handle }: OutboxHandler<Upgrade>): OutboxHandler<Upgrade> => ({
    handle: async (upgrade) => {
      if (isRecent(upgrade)) await handle(upgrade)
    },
    sift: async (upgrades) => sift!(upgrades.filter(isRecent)),
  })

  const nameOf = async (memberId: number) => (await readMember(server.db, memberId))?.nickname ?? ''

  /** Tells whoever stands for the member now. A double's occasion may be numbered like one of the heir's own, so it is named. */
  async function tellHeir(notice: Notice): Promise<void> {
    const { memberId, fact } = notice
    const heir = await heirOf(server.db, memberId)
    await sendNotice(heir === memberId ? notice : { ...notice, memberId: heir, fact: `${memberId}/${fact}` })
  }

  async function merged(merge: Events['member.merged']): Promise<void> {
    const { keptId, doubleId } = merge
    await moveInbox(server.db, doubleId, keptId)
    const double = await readMember(server.db, doubleId)
    if (double && !isWeChat(double.openid)) await moveCredits(server.db, doubleId, keptId)
    await sendNotice(mergedNotice(merge))
  }

  return {
    'redemption.made': telling((redeemed) => redemptionNotice(redeemed, server.env)),
    'redemption.cancelled': {
      // Who cancelled it oneself need not be told.
      handle: async (order) => {
        if (!isOfKind(order.actor, 'member')) await tellHeir(cancellationNotice(order))
      },
    },
    'points.expired': telling(expiredNotice),
    'points.extended': telling(extendedNotice),
    'act.rewarded': telling(actNotice),
    'referral.rewarded': {
      handle: async (reward) => sendNotice(rewardedNotice(reward, await nameOf(reward.inviteeId))),
    },
    'referral.taken-back': {
      handle: async (reward) => sendNotice(takenBackNotice(reward, await nameOf(reward.inviteeId))),
    },
    'referral.refused': {
      handle: async (refused) => sendNotice(rewardRefusedNotice(refused, await nameOf(refused.inviteeId))),
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
  } satisfies MemberNewsHandlers
}
