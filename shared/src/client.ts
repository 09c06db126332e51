import type { CommonRefusal } from './contract/common-refusals.ts'
import type { Api, Operation } from './contract/index.ts'
import type { Detail, RefusalReply } from './refusals.ts'

export interface Sent {
  method: string
  /** Path and query below the server's address. */
  path: string
  body: unknown
}

/** Sends one request; throws only when no answer came. */
export type Send = (request: Sent) => Promise<{ status: number; body: unknown }>

/** An answer that is not a success, with the server's sentence. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly text: string
  readonly detail: Detail | undefined
  readonly requestId: string

  constructor(status: number, reply: Partial<RefusalReply> | null) {
    super(reply?.code ?? `http.${status}`)
    this.name = 'Refused'
    this.status = status
    this.code = reply?.code ?? `http.${status}`
    this.text = reply?.text ?? '系统出了点问题，请稍后再试'
    this.detail = reply?.detail
    this.requestId = reply?.requestId ?? ''
  }
}

/** Whether an operation, named as the type, was refused with this code, which must be one that it may be refused with. */
export const refusedBy = <Op extends Operation = never>(
  error: unknown,
  code: CodeOf<Op>,
): error is Refused & { code: CodeOf<Op> } => error instanceof Refused && error.code === code

type CodeOf<Op extends Operation> = CommonRefusal | Api[Op]['refusal']

/** Whether a confirmed figure has changed meanwhile: the new one must be shown and confirmed again. */
export const isChanged = (error: unknown): error is Refused =>
  error instanceof Refused && error.code.endsWith('.changed')

// An input without compulsory fields may be left out.
type Input<Op extends Operation> = unknown extends Api[Op]['input']
  ? []
  : Partial<Api[Op]['input']> extends Api[Op]['input']
    ? [input?: Api[Op]['input']]
    : [input: Api[Op]['input']]

/** `Never`: the replies that its owner does not get. */
export type Call<Never = never> = <Op extends Operation>(
  op: Op,
  ...input: Input<Op>
) => Promise<Exclude<Api[Op]['reply'], Never>>

/** A typed caller of the contract's operations. Throws `Refused` for every answer outside 2xx, and another error where none of ours came. */
export function client(send: Send): Call {
  return async (op, ...[input]) => {
    const { status, body } = await send(requestFor(op, input as object | undefined))
    const isOurs = typeof body === 'object' && body !== null
    if (status < 200 || status >= 300) throw new Refused(status, isOurs ? body : null)
    // The page of a hotel's Wi-Fi, or of a proxy: the request has not been answered.
    if (!isOurs) throw new Error('something in between has answered')
    return body as never
  }
}

const HALF_OR_WHOLE = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g

/** A value encoded for an address. A lone surrogate becomes the replacement character. */
const inAddress = (value: unknown): string =>
  encodeURIComponent(String(value).replace(HALF_OR_WHOLE, (unit) => (unit.length === 2 ? unit : '\ufffd')))

/** `'GET /me/entries/:seq', { seq: 3 }` → method, path with its parameters and query filled in, body. */
export function requestFor(op: string, input: object | undefined): Sent {
  const [method, route] = op.split(' ') as [string, string]
  const rest: Record<string, unknown> = { ...input }
  const path = route.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return inAddress(value)
  })
  if (method !== 'GET' && method !== 'DELETE') return { method, path, body: rest }
  const query = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${inAddress(value)}`)
  return { method, path: query.length ? `${path}?${query.join('&')}` : path, body: undefined }
}
