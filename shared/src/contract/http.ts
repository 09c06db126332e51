import Type, { type Static, type TObject, type TProperties, type TSchema } from 'typebox'
import type { Permission } from '../permissions.ts'
import type { RefusalCode } from '../refusals.ts'

/** Who may call: member and clerk by JWT, admin by cookie session, partner by signed requests, public by anyone. */
export type Audience = 'public' | 'member' | 'clerk' | 'admin' | 'partner'

interface Described {
  summary: string
  params?: TObject
  query?: TObject
  body?: TObject
  /** The body may be as large as a picture needs; all others end at 64 kB. */
  large?: true
  /** The reply is a file, which the reply schema describes as bytes; refusals are JSON as always. */
  file?: true
  /** Its refusals besides those of `common-refusals.ts`. */
  refusals?: readonly RefusalCode[]
  reply: TSchema
}

/** An operation of the panel, for accounts with the permission. */
export interface AdminEndpoint extends Described {
  for: 'admin'
  permission: Permission
  /** Serves accounts confined to stores too, within these; others are closed to them. */
  confined?: true
  /** Serves accounts too that must first choose a password or set up their second factor. */
  setUp?: true
  /** The panel repeats it by itself, so it does not keep a log-in open. */
  polled?: true
}

/** An operation of the till. */
export interface ClerkEndpoint extends Described {
  for: 'clerk'
  /** Only for store managers; its input names one of their stores. */
  managers?: true
}

interface OtherEndpoint extends Described {
  for: Exclude<Audience, 'admin' | 'clerk'>
}

export type Endpoint = AdminEndpoint | ClerkEndpoint | OtherEndpoint

/**
 * Keys are `METHOD /path/:param`; a field name occurs in only one of params, query and body, so that input is flat. PATCH is for
 * the panel alone: `wx.request` cannot send it.
 */
export type Endpoints = Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`, Endpoint>

type Part<E, Name extends string> = E extends Record<Name, infer S extends TSchema> ? Static<S> : unknown

/** Interfaces extend this, one a feature: resolving the types once keeps tsc fast however many operations there are. */
export type ApiOf<E> = {
  [Op in keyof E]: {
    input: Part<E[Op], 'params'> & Part<E[Op], 'query'> & Part<E[Op], 'body'>
    reply: Part<E[Op], 'reply'>
    refusal: E[Op] extends { refusals: readonly (infer Code)[] } ? Code : never
  }
}

/** A closed object: unknown fields are refused in input and removed from replies. */
export const Exact = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })

export const Maybe = Type.Optional

export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const OneOf = <const Values extends string[]>(...values: Values) => Type.Enum<Values>(values)

/** The bytes of a file. */
export const FileReply = Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' })

/** One page of a list; `next` is the cursor of the next page, null on the last one. */
export const Page = <S extends TSchema>(row: S) => Exact({ rows: Type.Array(row), next: Nullable(Type.String()) })
