import Type from 'typebox'
import { Cursor, cleaned, Done, Id, Instant, Limit, Line, RequestId, Revision } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from '../http.ts'

/** Several lines of text, not all blank. */
export const AnnouncementBody = cleaned('text', {
  maxLength: 2_000,
  pattern: '^(?=[\\s\\S]*\\S)[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\p{Cs}]+$',
})

const State = OneOf('draft', 'published', 'withdrawn')

const params = Exact({ announcementId: Id })

export const announcements = {
  'GET /announcements': {
    for: 'public',
    summary: 'What the shop tells everybody, newest first',
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    refusals: ['announcement.unknown'],
    reply: Page(Exact({ announcementId: Id, title: Type.String(), body: Type.String(), publishedAt: Instant })),
  },
  'GET /admin/announcements': {
    for: 'admin',
    permission: 'announcements.read',
    summary: 'All announcements, newest first',
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        announcementId: Id,
        title: Type.String(),
        body: Type.String(),
        state: State,
        caseId: Nullable(Id),
        madeAt: Instant,
        publishedAt: Nullable(Instant),
        revision: Revision,
      }),
    ),
  },
  'POST /admin/announcements': {
    for: 'admin',
    permission: 'announcements.edit',
    summary: 'Write an announcement; members see it once it is published',
    body: Exact({ title: Line(40), body: AnnouncementBody, publish: Type.Boolean(), requestId: RequestId }),
    reply: Exact({ announcementId: Id }),
  },
  'PATCH /admin/announcements/:announcementId': {
    for: 'admin',
    permission: 'announcements.edit',
    summary: 'Change the words of an announcement',
    params,
    body: Exact({ title: Line(40), body: AnnouncementBody, revision: Revision }),
    refusals: ['announcement.unknown', 'edit.outdated'],
    reply: Done,
  },
  'POST /admin/announcements/:announcementId/state': {
    for: 'admin',
    permission: 'announcements.edit',
    summary: 'Publish an announcement, or withdraw it',
    params,
    body: Exact({ state: OneOf('published', 'withdrawn'), revision: Revision }),
    refusals: ['announcement.unknown', 'edit.outdated'],
    reply: Done,
  },
} satisfies Endpoints

export type AnnouncementsApi = ApiOf<typeof announcements>
