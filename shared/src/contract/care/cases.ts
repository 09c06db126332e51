import Type from 'typebox'
import { ofNamedMember } from '../common-refusals.ts'
import {
  Count,
  Cursor,
  Done,
  Entry,
  Id,
  Instant,
  Limit,
  Line,
  Points,
  Reason,
  RequestId,
  Seq,
  Standing,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from '../http.ts'
import { AnnouncementBody } from '../shop/announcements.ts'

const params = Exact({ caseId: Id })

const Decision = OneOf('reinstated', 'cancelled', 'cleared')

const Suspect = Exact({
  memberId: Id,
  memberNo: Type.String(),
  nickname: Type.String(),
  avatarUrl: Type.String(),
  standing: Standing,
  /** Whether the record was merged into another one. */
  merged: Type.Boolean(),
  balance: Points,
  debt: Points,
  /** Null while undecided. */
  decision: Nullable(Decision),
  takenPoints: Points,
  /** Orders to pick up, which stay when the membership ends. */
  waitingOrders: Count,
})

const Step = Exact({
  stepId: Id,
  kind: OneOf('opened', 'frozen', 'note', 'taken-back', 'reinstated', 'cancelled', 'cleared', 'published'),
  memberId: Nullable(Id),
  nickname: Type.String(),
  text: Type.String(),
  actor: Type.String(),
  at: Instant,
})

export const cases = {
  'GET /admin/cases': {
    for: 'admin',
    permission: 'cases.read',
    summary: 'Investigations, newest first; open ones have a member without a decision',
    query: Exact({ state: Maybe(OneOf('open', 'closed')), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        caseId: Id,
        reason: Type.String(),
        openedAt: Instant,
        openedBy: Type.String(),
        open: Type.Boolean(),
        members: Type.Array(Exact({ memberId: Id, nickname: Type.String(), decision: Nullable(Decision) })),
        takenPoints: Points,
        published: Type.Boolean(),
      }),
    ),
  },
  'POST /admin/cases': {
    for: 'admin',
    permission: 'cases.handle',
    summary: 'Open an investigation, and freeze its members at once where wished',
    body: Exact({
      memberIds: Type.Array(Id, { minItems: 1, maxItems: 50 }),
      reason: Reason,
      freeze: Type.Boolean(),
      requestId: RequestId,
    }),
    refusals: [...ofNamedMember, 'case.running', 'case.decided'],
    reply: Exact({ caseId: Id }),
  },
  'GET /admin/cases/:caseId': {
    for: 'admin',
    permission: 'cases.read',
    summary: 'One investigation: members, steps, and a draft of its announcement',
    params,
    refusals: ['case.unknown'],
    reply: Exact({
      caseId: Id,
      reason: Type.String(),
      openedAt: Instant,
      openedBy: Type.String(),
      open: Type.Boolean(),
      members: Type.Array(Suspect),
      steps: Type.Array(Step),
      announcementId: Nullable(Id),
      /** In the server's words, with masked names; null while a member is undecided. */
      draft: Nullable(Exact({ title: Type.String(), body: Type.String() })),
    }),
  },
  'GET /admin/cases/:caseId/members/:memberId/gifts': {
    for: 'admin',
    permission: 'cases.read',
    summary: 'Entries that gave the member points, newest first, with what can still be taken back',
    params: Exact({ caseId: Id, memberId: Id }),
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    refusals: ['case.unknown'],
    reply: Page(Exact({ ...Entry.properties, left: Points, takenBack: Type.Boolean() })),
  },
  'POST /admin/cases/:caseId/notes': {
    for: 'admin',
    permission: 'cases.handle',
    summary: 'Write down what was found',
    params,
    body: Exact({ text: Line(200), requestId: RequestId }),
    refusals: ['case.unknown'],
    reply: Done,
  },
  'POST /admin/cases/:caseId/freeze': {
    for: 'admin',
    permission: 'cases.handle',
    summary: 'Freeze a member of the case while it is looked into',
    params,
    body: Exact({ memberId: Id }),
    refusals: [...ofNamedMember, 'case.unknown', 'case.decided'],
    reply: Done,
  },
  'POST /admin/cases/:caseId/takings': {
    for: 'admin',
    permission: 'cases.handle',
    summary: 'Take unlawful points of these entries back, all of them or none',
    params,
    body: Exact({
      memberId: Id,
      seqs: Type.Array(Seq, { minItems: 1, maxItems: 50 }),
      /** The number of points that the merchant confirmed; refused when it has changed meanwhile. */
      points: Maybe(Points),
      reason: Reason,
      requestId: RequestId,
    }),
    refusals: [
      'member.unknown',
      'case.unknown',
      'case.decided',
      'entry.gave-nothing',
      'entry.taken-back',
      'entry.nothing-left',
      'taking.changed',
    ],
    reply: Exact({
      points: Points,
      taken: Points,
      forfeited: Points,
      owed: Points,
      letGo: Points,
      balance: Points,
      text: Type.String(),
    }),
  },
  'POST /admin/cases/:caseId/decisions': {
    for: 'admin',
    permission: 'cases.handle',
    summary: 'Reinstate a member, cancel the membership, or clear the member with points as an apology; once',
    params,
    body: Exact({
      memberId: Id,
      decision: Decision,
      reason: Line(100),
      /** Only for who is cleared. */
      points: Maybe(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    }),
    refusals: [...ofNamedMember, 'case.unknown', 'case.decided', 'points.too-many'],
    reply: Exact({ standing: Standing, endedPoints: Points, balance: Points }),
  },
  'POST /admin/cases/:caseId/announcement': {
    for: 'admin',
    permission: 'cases.handle',
    summary: 'Publish the result to all members; once for a case',
    params,
    body: Exact({ title: Line(40), body: AnnouncementBody, requestId: RequestId }),
    refusals: ['case.unknown', 'case.undecided', 'case.published'],
    reply: Exact({ announcementId: Id }),
  },
} satisfies Endpoints

export type CasesApi = ApiOf<typeof cases>
