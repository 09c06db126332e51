import Type from 'typebox'
import { Id, Reason } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, FileReply, OneOf } from '../http.ts'

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
    summary: 'The same file for a member who asked the shop for it',
    params: Exact({ memberId: Id }),
    body: Exact({ format: ExportFormat, reason: Reason }),
    refusals: ['member.unknown'],
    file: true,
    reply: FileReply,
  },
} satisfies Endpoints

export type PrivacyApi = ApiOf<typeof privacy>
