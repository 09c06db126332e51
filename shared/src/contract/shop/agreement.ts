import Type from 'typebox'
import { Count, Instant, Line, Revision, Text } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact } from '../http.ts'

/** The number of a version of the agreement, from 1. */
export const AgreementVersion = Type.Integer({ minimum: 1, maximum: 1_000_000 })

const Sections = Type.Array(Exact({ title: Type.String(), text: Type.String() }))

export const agreement = {
  'GET /agreement': {
    for: 'public',
    summary: 'The agreement and privacy text in force, with its version and what is new in it',
    reply: Exact({ version: AgreementVersion, publishedAt: Instant, changes: Type.String(), sections: Sections }),
  },
  'GET /admin/agreement': {
    for: 'admin',
    permission: 'settings.read',
    summary: "The shop's own part of the agreement, its versions, and how many members have not agreed to the newest",
    reply: Exact({
      version: AgreementVersion,
      /** The shop's own terms, '' for none. */
      supplement: Type.String(),
      sections: Sections,
      /** The newest first, 50 at most. */
      versions: Type.Array(
        Exact({
          version: AgreementVersion,
          publishedAt: Instant,
          /** `system` for a version that came with an update of Pointbook. */
          publishedBy: Type.String(),
          changes: Type.String(),
        }),
      ),
      /** Active members who have agreed to the newest version, and all active members. */
      agreed: Count,
      members: Count,
      revision: Revision,
    }),
  },
  'PUT /admin/agreement': {
    for: 'admin',
    permission: 'settings.edit',
    summary: "Publish a new version with other terms of the shop's own; every member is asked for it",
    body: Exact({
      supplement: Text(2000),
      /** What is new, as the members read it. */
      changes: Line(100),
      revision: Revision,
    }),
    refusals: ['edit.outdated'],
    reply: Exact({ version: AgreementVersion, revision: Revision }),
  },
} satisfies Endpoints

export type AgreementApi = ApiOf<typeof agreement>
