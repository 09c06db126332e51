import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Day, Instant } from '@pointbook/shared/day'
import type { OptionalPurpose } from '@pointbook/shared/purposes'
import type { ActorRef, PurchaseRef } from '@pointbook/shared/references'
import { outbox } from '../platform/database/outbox-table.ts'
import type { Database } from '../platform/database/pool.ts'
import { log } from './changes.ts'
import type { Change } from './move.ts'
import { messages } from './tables.ts'

// A message may wait in the outbox while the server is brought up to date: a field that older messages lack is optional.

/** Events of which a member is notified. */
export interface MemberNews {
  'act.rewarded': {
    memberId: number
    /** The entry that gave the points. */
    seq: number
    trigger: Exclude<Trigger, 'purchase' | 'check-in' | 'referral'>
    points: number
  }
  'case.decided': {
    caseId: number
    memberId: number
    decision: 'reinstated' | 'cancelled' | 'cleared'
    reason: string
    /** Points given as an apology to a cleared member; otherwise 0. */
    points: number
  }
  'case.taken': {
    memberId: number
    points: number
    owed: number
    reason: string
    /** Names this taking among others of the case. */
    fact: string
  }
  'coupon.given': {
    memberId: number
    name: string
    pieces: number
    until: Day
    /** Names this grant among others of the member. */
    fact: string
  }
  'member.merged': {
    keptId: number
    doubleId: number
    points: number
  }
  'rebinding.asked': {
    memberId: number
    dueAt: Instant
    requestId: string
  }
  'member.standing-changed': {
    memberId: number
    standing: 'active' | 'frozen'
    reason: string
    requestId: string
  }
  'points.compensated': {
    compensationId: number
    memberId: number
    points: number
    reason: string
  }
  'points.expired': {
    memberId: number
    points: number
    on: Day
  }
  'points.extended': {
    memberId: number
    /** The entry that moved the last days. */
    seq: number
    points: number
    expiresOn: Day
    reason: string
  }
  'redemption.cancelled': {
    memberId: number
    entrySeq: number
    points: number
    /** The part of these points that was past its last day and expired at once. */
    lapsed?: number
    reason: string
    actor: ActorRef
  }
  'redemption.made': {
    memberId: number
    entrySeq: number
    itemName: string
    pickupCode: string
    points: number
  }
  /** To the inviter and to the friend, a message each. */
  'referral.refused': {
    memberId: number
    inviteeId: number
  }
  'referral.rewarded': FriendReward
  'referral.taken-back': FriendReward
  'tier.downgraded': TierLowered
  'tier.grace': TierReached & {
    until: Day
    needed: number
    measure: Policy['tiers']['measure']
  }
  'tier.grant-ended': TierLowered
  'tier.grant-taken': TierGrant
  'tier.granted': TierGrant & {
    until: Day
    benefits: string[]
  }
  'tier.kept': TierReached
  'tier.upgraded': TierReached
}

/** Every event, with what its message carries. */
export interface Events extends MemberNews {
  'coupon-grant.due': {
    grantId: number
    /** The members with a higher number; all of them when left out. */
    after?: number
    /** Only this member, for whom the work on many members failed. */
    memberId?: number
  }
  'compensation.due': {
    compensationId: number
    /** The members with a higher number; all of them when left out. */
    after?: number
    /** Only this member, for whom the work on many members failed. */
    memberId?: number
  }
  'member.registered': {
    memberId: number
    /** '' for none. */
    inviteCode: string
  }
  'picture.replaced': {
    url: string
  }
  'profile.completed': {
    memberId: number
  }
  'purpose.chosen': {
    memberId: number
    purpose: OptionalPurpose
    allowed: boolean
  }
  /** Sent for members who were invited. */
  'purchase.recorded': {
    memberId: number
    storeId: number
    receiptNo: string
  }
  'purchase.returned': {
    memberId: number
    storeId: number
    receiptNo: string
    leftFen: number
  }
  'referral.approved': {
    inviterId: number
    inviteeId: number
    /** '' for none. */
    purchaseRef: PurchaseRef | ''
  }
}

interface FriendReward {
  memberId: number
  inviteeId: number
  points: number
  /** The number of times the reward was taken back before; 0 when left out. */
  round?: number
}

interface TierReached {
  memberId: number
  on: Day
  name: string
  benefits: string[]
}

interface TierLowered {
  memberId: number
  on: Day
  from: string
  /** '' for none. */
  to: string
}

interface TierGrant {
  memberId: number
  name: string
  reason: string
  /** Names this grant, or its end, among others of the member. */
  fact: string
}

/** The message of an event as a change of a move. It is handled after the batch has committed, and repeated until it succeeds. */
export const message = <Topic extends keyof Events>(topic: Topic, payload: Events[Topic], dueAt: Instant): Change =>
  log(messages, { id: 0, topic, payload, dueAt, attempts: 0, lastError: '', setAsideAt: null })

/** Writes an event's message in the transaction of a change that is no move. */
export async function send<Topic extends keyof Events>(
  tx: Pick<Database, 'insert'>,
  topic: Topic,
  payload: Events[Topic],
  dueAt: Instant,
): Promise<void> {
  await tx.insert(outbox).values({ topic, payload, dueAt })
}
