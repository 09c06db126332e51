import { addDays, dayOf } from '@pointbook/shared/day'
import { isOfKind } from '@pointbook/shared/references'
import type { Events, MemberNews } from '../../../book/events.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { OutboxHandler } from '../../../platform/outbox.ts'
import type { Handlers, Server } from '../../../server.ts'
import { isAllowed } from '../../members/directory/allowed.ts'
import { isWeChat } from '../../members/directory/personal-data.ts'
import { readMember } from '../../members/directory/store.ts'
import { heirOf } from '../../members/identities/store.ts'
import { compensatedNotice, judgedNotice, takenNotice } from './case-words.ts'
import { emptyAllCredits, moveCredits } from './credits.ts'
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
  couponNotice,
  expiredNotice,
  extendedNotice,
  mergedNotice,
  rebindingNotice,
  redemptionNotice,
  rewardedNotice,
  rewardRefusedNotice,
  standingNotice,
  takenBackNotice,
} from './words.ts'

const NEWS_DAYS = 7

type Upgrade = Events['tier.upgraded']

/** Every event of which a member is notified has its words here; otherwise this does not compile. */
type MemberNewsHandlers = { [Topic in keyof MemberNews]: OutboxHandler<MemberNews[Topic]> }

export function messageHandlers(server: Server) {
  /** Sends the notice, or throws so that the outbox tries again later. */
  async function sendNotice(notice: Notice): Promise<void> {
    const { waiting } = await tell(server, notice)
    if (waiting) throw new Error('WeChat takes no messages just now')
  }

  /** Members without a credit get their inbox messages in one statement, the others one by one. */
  const telling = <Payload>(noticeOf: (payload: Payload) => Notice): OutboxHandler<Payload> => ({
    sift: async (payloads) => {
      const notices = payloads.map(noticeOf)
      const left = await tellByInbox(server, notices)
      return payloads.filter((_, index) => left.has(notices[index]!))
    },
    handle: (payload) => sendNotice(noticeOf(payload)),
  })

  const isRecent = ({ on }: Upgrade) => on >= addDays(dayOf(server.clock.now(), server.offsetMinutes), -NEWS_DAYS)

  /** A rise in the distant past, as in an imported history, is not announced. */
  const ifRecent = ({ sift, handle }: OutboxHandler<Upgrade>): OutboxHandler<Upgrade> => ({
    handle: async (upgrade) => {
      if (isRecent(upgrade)) await handle(upgrade)
    },
    sift: async (upgrades) => sift!(upgrades.filter(isRecent)),
  })

  const nameOf = async (memberId: number) => (await readMember(server.db, memberId))?.nickname ?? ''

  /**
   * Notifies the record that the member was merged into. The fact then names the double, because both records may have the same
   * fact.
   */
  async function tellHeir(notice: Notice): Promise<void> {
    const { memberId, fact } = notice
    const heir = await heirOf(server.db, memberId)
    await sendNotice(heir === memberId ? notice : { ...notice, memberId: heir, fact: `${memberId}/${fact}` })
  }

  /** Who refuses reminders has no credits any more; without credits WeChat gets no message. */
  async function chosen({ memberId, purpose, allowed }: Events['purpose.chosen']): Promise<void> {
    if (purpose === 'reminders' && !allowed) await inTransaction(server.db, (tx) => emptyAllCredits(tx, memberId))
  }

  async function merged(merge: Events['member.merged']): Promise<void> {
    const { keptId, doubleId } = merge
    await moveInbox(server.db, doubleId, keptId)
    const double = await readMember(server.db, doubleId)
    if (double && !isWeChat(server.keys, double)) await moveCredits(server.db, doubleId, keptId)
    const kept = await readMember(server.db, keptId)
    if (kept && !isAllowed(kept, 'reminders')) await inTransaction(server.db, (tx) => emptyAllCredits(tx, keptId))
    await sendNotice(mergedNotice(merge))
  }

  return {
    'redemption.made': telling((redeemed) => redemptionNotice(redeemed, server.env)),
    'redemption.cancelled': {
      // A member who cancelled the order is not notified.
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
    'rebinding.asked': telling((asked) => rebindingNotice(asked, server.offsetMinutes)),
    'case.taken': telling(takenNotice),
    'case.decided': telling(judgedNotice),
    'coupon.given': telling(couponNotice),
    'points.compensated': telling(compensatedNotice),
    'tier.upgraded': ifRecent(telling(upgradedNotice)),
    'tier.kept': telling(keptNotice),
    'tier.grace': telling(graceNotice),
    'tier.downgraded': telling(downgradedNotice),
    'tier.granted': telling(grantedNotice),
    'tier.grant-ended': telling(grantEndedNotice),
    'tier.grant-taken': telling(grantTakenNotice),
    'purpose.chosen': { handle: chosen },
    'member.merged': { handle: merged },
  } satisfies MemberNewsHandlers & Handlers
}
