import Type from 'typebox'
import {
  Count,
  Cursor,
  Day,
  Done,
  Entry,
  EntryDetail,
  Id,
  Instant,
  Limit,
  Month,
  Name,
  PictureData,
  PictureUrl,
  Points,
  PointsDelta,
  RequestId,
  Seq,
  Standing,
  Text,
  TotalFen,
} from './fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from './http.ts'
import { PaidWithPoints } from './purchases.ts'
import { StaffRole } from './session.ts'
import { OwnTier } from './tiers.ts'

export const Profile = Exact({
  nickname: Type.String(),
  avatarUrl: PictureUrl,
  sex: OneOf('unknown', 'female', 'male'),
  birthday: Nullable(Day),
  address: Type.String(),
})

export const profileInput = {
  nickname: Maybe(Name(20)),
  sex: Maybe(OneOf('unknown', 'female', 'male')),
  address: Maybe(Text(120)),
}

export const PointsSummary = Exact({
  balance: Points,
  /** What can be spent today: the balance without what is pending or past its last day. */
  usable: Points,
  pending: Points,
  debt: Points,
  earned: Points,
  spent: Points,
  expired: Points,
  /** Soonest first. */
  expiring: Type.Array(Exact({ on: Day, points: Points, daysLeft: Type.Integer() })),
})

/** Days left out that may be made up for, in any month; null where the policy has none of it. */
const MakeUp = Nullable(
  Exact({
    price: Points,
    /** How often more this month. */
    left: Count,
    /** What each gives, and the streak it would join together. */
    days: Type.Array(Exact({ on: Day, points: Points, streak: Count })),
  }),
)

export const me = {
  'GET /me': {
    for: 'member',
    summary: 'The member: profile, points, tier, staff roles',
    reply: Exact({
      memberId: Id,
      memberNo: Type.String(),
      phoneMasked: Type.String(),
      standing: Standing,
      joinedAt: Instant,
      profile: Profile,
      points: PointsSummary,
      tier: Nullable(OwnTier),
      staff: Nullable(Exact({ role: StaffRole, stores: Type.Array(Exact({ storeId: Id, name: Type.String() })) })),
      unreadMessages: Count,
    }),
  },
  'POST /me/profile': {
    for: 'member',
    large: true,
    summary: 'Change the profile; the birthday can be set once',
    body: Exact({
      ...profileInput,
      birthday: Maybe(Day),
      avatar: Maybe(PictureData),
    }),
    /** `earned`: points for having filled the last gap just now. */
    reply: Exact({ ...Profile.properties, earned: Points }),
  },
  'GET /me/profile/gift': {
    for: 'member',
    summary: 'What filling the gaps in the profile would give, and which they are; 0 points where no rule gives any',
    reply: Exact({ points: Points, missing: Type.Array(OneOf('sex', 'birthday', 'address')) }),
  },
  'GET /me/entries': {
    for: 'member',
    summary: 'The ledger, newest first',
    query: Exact({ filter: Maybe(OneOf('all', 'in', 'out', 'expired')), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(Entry),
  },
  'GET /me/entries/:seq': {
    for: 'member',
    summary: 'One entry, and why these points and not more',
    params: Exact({ seq: Seq }),
    reply: EntryDetail,
  },
  'GET /me/curve': {
    for: 'member',
    summary: 'The balance at the end of each day',
    query: Exact({ days: Maybe(Type.Integer({ minimum: 7, maximum: 366, default: 90 })) }),
    reply: Exact({ days: Type.Array(Exact({ on: Day, balance: PointsDelta })) }),
  },
  'GET /me/code': {
    for: 'member',
    summary: 'A member code for the till: signed, short-lived, good for one scan',
    /** The seconds are counted from the answer: the phone's own clock may be wrong. */
    reply: Exact({
      code: Type.String(),
      expiresAt: Instant,
      refreshAfterSeconds: Type.Integer(),
      expiresAfterSeconds: Type.Integer(),
    }),
  },
  'GET /me/check-ins': {
    for: 'member',
    summary: 'A month of check-ins and the streak',
    query: Exact({ month: Maybe(Month) }),
    reply: Exact({
      month: Month,
      today: Day,
      days: Type.Array(Exact({ on: Day, points: Points })),
      checkedInToday: Type.Boolean(),
      streak: Count,
      pointsToday: Points,
      /** Extras ahead on the present streak, nearest first. */
      extras: Type.Array(Exact({ atDays: Count, points: Points, daysLeft: Count })),
      makeUp: MakeUp,
    }),
  },
  'POST /me/check-ins/make-up': {
    for: 'member',
    summary: 'Make up for a day left out, for its price; a day is paid once',
    body: Exact({
      on: Day,
      /** The price and the points that the member saw; when either has changed meanwhile it is refused. */
      price: Maybe(Points),
      points: Maybe(Points),
      requestId: RequestId,
    }),
    reply: Exact({ on: Day, price: Points, points: Points, streak: Count, balance: Points, text: Type.String() }),
  },
  'POST /me/check-ins': {
    for: 'member',
    summary: 'Check in for today at the shop; doing so again gives nothing more',
    reply: Exact({
      on: Day,
      points: Points,
      streak: Count,
      balance: Points,
      already: Type.Boolean(),
      text: Type.String(),
    }),
  },
  'GET /me/invitation': {
    for: 'member',
    summary: 'The invitation code, what it gives and when, and who came',
    reply: Exact({
      inviteCode: Type.String(),
      path: Type.String(),
      rewardText: Type.String(),
      /** What a return does to the reward; '' where it does nothing. */
      returnText: Type.String(),
      rewarded: Count,
      pointsEarned: Points,
      friends: Type.Array(
        Exact({
          nickname: Type.String(),
          joinedAt: Instant,
          state: OneOf('waiting', 'held', 'rewarded', 'refused', 'taken-back'),
          points: Points,
          text: Type.String(),
        }),
      ),
    }),
  },
  'GET /me/invitation/picture': {
    for: 'member',
    summary: 'The mini-program code that carries the invitation, as a data URI',
    reply: Exact({ picture: Type.String() }),
  },
  'GET /me/messages': {
    for: 'member',
    summary: 'The inbox, newest first',
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        messageId: Id,
        kind: Type.String(),
        title: Type.String(),
        body: Type.String(),
        page: Type.String(),
        at: Instant,
        read: Type.Boolean(),
      }),
    ),
  },
  'POST /me/messages/read': {
    for: 'member',
    summary: 'Mark everything up to and with this message as read',
    body: Exact({ upTo: Id }),
    reply: Done,
  },
  'GET /me/message-credits': {
    for: 'member',
    summary: 'How many subscribe messages of each kind may still be sent',
    reply: Exact({ expiry: Count, pickup: Count }),
  },
  'POST /me/message-credits': {
    for: 'member',
    summary: 'Report the answers of wx.requestSubscribeMessage',
    body: Exact({
      answers: Type.Array(
        Exact({
          templateId: Type.String({ minLength: 1, maxLength: 64 }),
          answer: OneOf('accept', 'acceptWithAudio', 'acceptWithAlert', 'reject', 'ban', 'filter'),
        }),
        { minItems: 1, maxItems: 5 },
      ),
      requestId: RequestId,
    }),
    reply: Exact({ expiry: Count, pickup: Count }),
  },
  'GET /me/purchases': {
    for: 'member',
    summary: 'Purchases recorded for the member, newest first',
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        storeName: Type.String(),
        receiptNo: Type.String(),
        amountFen: TotalFen,
        offset: Maybe(PaidWithPoints),
        points: PointsDelta,
        returnedFen: TotalFen,
        at: Instant,
        seq: Seq,
      }),
    ),
  },
} satisfies Endpoints

export type MeApi = ApiOf<typeof me>
