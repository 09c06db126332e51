import Type, { type Static } from 'typebox'
import { Name, Slug } from '../fields.ts'
import { Exact } from '../http.ts'

/** Who may see or get something. Members who want no personal offers are in no audience of tags. */
export const Audience = Type.Union([
  Exact({ by: Type.Literal('all') }),
  Exact({ by: Type.Literal('tier'), tierIds: Type.Array(Slug, { minItems: 1, maxItems: 20 }) }),
  Exact({ by: Type.Literal('tag'), tags: Type.Array(Name(20), { minItems: 1, maxItems: 50 }) }),
])

export type Audience = Static<typeof Audience>
