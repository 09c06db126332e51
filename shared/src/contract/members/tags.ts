import Type from 'typebox'
import { Count, cleaned, Id, Revision } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact } from '../http.ts'

/** As typed: no control characters and no lone surrogates. A separate refusal explains which tags are valid. */
const TypedTag = cleaned('name', { maxLength: 100, pattern: '^[^\\p{Cc}\\p{Cs}]*$' })

export const tags = {
  'GET /admin/tags': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'The tags in use, the most used first, and how many members have each; at most 200',
    reply: Exact({
      rows: Type.Array(Exact({ tag: Type.String(), members: Count })),
      /** Whether there are others, which are not listed. */
      more: Type.Boolean(),
    }),
  },
  'PUT /admin/members/:memberId/tags': {
    for: 'admin',
    permission: 'members.edit',
    summary: 'Give a member these tags in place of those they have: at most 50, each of at most 20 characters',
    params: Exact({ memberId: Id }),
    body: Exact({ tags: Type.Array(TypedTag, { maxItems: 200 }), revision: Revision }),
    refusals: ['member.unknown', 'tags.invalid', 'edit.outdated'],
    reply: Exact({ tags: Type.Array(Type.String()) }),
  },
} satisfies Endpoints

export type TagsApi = ApiOf<typeof tags>
