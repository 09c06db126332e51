import Type from 'typebox'
import { ofNamedMember } from '../common-refusals.ts'
import { Cursor, Day, Done, Id, Instant, Limit, Line, Points, Reason, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, FileReply, Maybe, Nullable, OneOf, Page } from '../http.ts'

export const ExportFormat = OneOf('spreadsheet', 'json')

/** A law by which something is kept after the member has left. */
const Law = Exact({ name: Type.String(), why: Type.String(), until: Type.String() })

const Section = Exact({
  title: Type.String(),
  columns: Type.Array(Type.String()),
  /** The newest rows, each with a text for every column. */
  rows: Type.Array(Type.Array(Type.String())),
  /** Whether there are more rows, which the export has. */
  more: Type.Boolean(),
  /** What leaving does with it. */
  onLeaving: OneOf('erase', 'blank', 'keep'),
  /** The title of the law by which it is kept, in whole or without the person; '' for what is erased. */
  law: Type.String(),
})

const Obstacle = Exact({
  /** What stands in the way. */
  text: Type.String(),
  /** What the member can do about it. */
  advice: Type.String(),
  /** The page of the mini-program where that is done; '' for none. */
  page: Type.String(),
})

const Leaving = Exact({
  /** The points that would be lost now, usable or not. */
  points: Points,
  obstacles: Type.Array(Obstacle),
  /** The days between the request and the end of the membership. */
  waitingDays: Type.Integer(),
  /** The months in which a new membership of the same person gets no welcome gift. */
  rejoinMonths: Type.Integer(),
  /** The request that waits; null for none. */
  request: Nullable(
    Exact({
      askedAt: Instant,
      byShop: Type.Boolean(),
      /** A guardian has withdrawn the consent: only the shop can take the request back. */
      byGuardian: Type.Boolean(),
      dueOn: Day,
      /** The last day for the shop to carry the request out: 15 working days. */
      answerBy: Day,
    }),
  ),
})

export const privacy = {
  'GET /me/personal-data': {
    for: 'member',
    summary: 'What the shop holds about the member, the newest of each kind, and what leaving does with it',
    reply: Exact({ sections: Type.Array(Section), kept: Type.Array(Law) }),
  },
  'GET /me/export': {
    for: 'member',
    summary: 'All that the shop holds about the member, as a file: a spreadsheet, or JSON for other systems',
    query: Exact({ format: ExportFormat }),
    file: true,
    reply: FileReply,
  },
  'POST /admin/members/:memberId/export': {
    for: 'admin',
    permission: 'privacy.handle',
    summary: 'The same file for a member who asked the shop for it',
    params: Exact({ memberId: Id }),
    body: Exact({ format: ExportFormat, reason: Reason }),
    refusals: ['member.unknown'],
    file: true,
    reply: FileReply,
  },
  'GET /me/leaving': {
    for: 'member',
    summary: 'What leaving would cost, what stands in the way, and the request that waits',
    reply: Leaving,
  },
  'POST /me/leaving': {
    for: 'member',
    summary: 'Ask to leave; `points` is the figure that was shown',
    body: Exact({ points: Points, requestId: RequestId }),
    refusals: ['member.cancelled', 'leaving.asked', 'leaving.barred', 'leaving.changed'],
    reply: Leaving,
  },
  'DELETE /me/leaving': {
    for: 'member',
    summary: 'Withdraw the request to leave; without one nothing happens',
    refusals: ['leaving.by-guardian', 'member.cancelled'],
    reply: Done,
  },
  'GET /admin/members/:memberId/leaving': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: 'The same for the merchant',
    params: Exact({ memberId: Id }),
    refusals: ['member.unknown'],
    reply: Leaving,
  },
  'POST /admin/members/:memberId/leaving': {
    for: 'admin',
    permission: 'privacy.handle',
    summary: 'Ask to leave for a member who told the shop',
    params: Exact({ memberId: Id }),
    body: Exact({ points: Points, reason: Reason, requestId: RequestId }),
    refusals: [...ofNamedMember, 'leaving.asked', 'leaving.barred', 'leaving.changed'],
    reply: Leaving,
  },
  'POST /admin/members/:memberId/guardian/withdrawal': {
    for: 'admin',
    permission: 'privacy.handle',
    summary: 'A guardian withdraws the consent for a member who joined under 14: the member leaves',
    params: Exact({ memberId: Id }),
    /** The record says before the reason that a guardian withdrew. */
    body: Exact({ points: Points, reason: Line(80), requestId: RequestId }),
    refusals: [...ofNamedMember, 'guardian.none', 'leaving.asked', 'leaving.barred', 'leaving.changed'],
    reply: Leaving,
  },
  'DELETE /admin/members/:memberId/leaving': {
    for: 'admin',
    permission: 'privacy.handle',
    summary: 'Withdraw the request of a member who told the shop',
    params: Exact({ memberId: Id }),
    refusals: [...ofNamedMember],
    reply: Done,
  },
  'GET /admin/leave-requests': {
    for: 'admin',
    permission: 'members.read',
    summary: 'Requests to leave, newest first',
    query: Exact({ state: Maybe(OneOf('waiting', 'withdrawn', 'done')), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        leaveId: Id,
        memberId: Id,
        memberNo: Type.String(),
        nickname: Type.String(),
        state: OneOf('waiting', 'withdrawn', 'done'),
        points: Points,
        askedAt: Instant,
        /** The merchant's person who asked, '' for the member. */
        askedBy: Type.String(),
        reason: Type.String(),
        dueOn: Day,
        answerBy: Day,
        endedAt: Nullable(Instant),
        /** What stands in the way of a request that waits. */
        obstacles: Type.Array(Type.String()),
      }),
    ),
  },
} satisfies Endpoints

export type PrivacyApi = ApiOf<typeof privacy>
