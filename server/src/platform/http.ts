import type { RateLimitOptions } from '@fastify/rate-limit'
import {
  type AdminEndpoint,
  type Audience,
  type ClerkEndpoint,
  type Endpoint,
  Exact,
  Maybe,
} from '@pointbook/shared/contract/http'
import { type Api, contract, type Operation } from '@pointbook/shared/contract/index'
import { type Permission, permissionText } from '@pointbook/shared/permissions'
import { type ActorRef, adminRef, memberRef, partnerRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { completeBody, inputReader, inputSchemas } from './input.ts'
import { limits } from './limits.ts'
import { requireServedRelease } from './release.ts'
import { proveBody } from './signature.ts'

export interface MemberCaller {
  memberId: number
  familyId: string
}

export interface ClerkCaller extends MemberCaller {
  role: 'clerk' | 'manager'
  storeIds: number[]
  /** The open ones among these. */
  openStoreIds: number[]
}

export interface AdminCaller {
  login: string
  name: string
  /** The role: a built-in one, or `own/ID`. */
  role: string
  permissions: ReadonlySet<Permission>
  /** The stores that the account is confined to; null for all. */
  storeIds: readonly number[] | null
  /** What the account must do before anything else. */
  due: 'password' | 'common-password' | 'second-factor' | null
  secondFactor: boolean
  tokenHash: string
  /** The device among those that the account was used with; null for a log-in of the previous release. */
  deviceId: number | null
}

export interface PartnerCaller {
  apiKeyId: number
  system: string
  storeIds: number[]
  perMinute: number
}

interface Callers {
  public: null
  member: MemberCaller
  clerk: ClerkCaller
  admin: AdminCaller
  partner: PartnerCaller
}

/**
 * Identifies the caller by the headers alone, or throws a Refusal. The signature of a partner is verified later, with the body.
 */
export type Identify = { [A in Audience]: (request: FastifyRequest) => Promise<Callers[A]> | Callers[A] }

type CallerOf<Op extends Operation> = Callers[(typeof contract)[Op]['for']]

export interface Exchange<Op extends Operation> {
  input: Api[Op]['input']
  caller: CallerOf<Op>
  request: FastifyRequest
  reply: FastifyReply
}

/** For operations where guessing pays: the greatest number of calls a minute per caller, or per address without a session. */
export interface RouteOptions {
  perMinute?: number
}

/** Gives an operation of the contract its code. */
export type Handle = <Op extends Operation>(
  op: Op,
  run: (exchange: Exchange<Op>) => Promise<Api[Op]['reply']>,
  options?: RouteOptions,
) => void

export const refusalReply = Exact({
  code: Type.String(),
  text: Type.String(),
  detail: Maybe(Type.Object({}, { additionalProperties: true })),
  requestId: Type.String(),
})

/** Binds operations to routes of `app`: schemas, audience, reply and reference all come from the contract. */
export function handler(app: FastifyInstance, identify: Identify): Handle {
  // Each API key has one limit over all operations, so they share this hook.
  const limitPartner = app.rateLimit({
    max: ({ caller }) => (caller as PartnerCaller).perMinute,
    timeWindow: 60_000,
    keyGenerator: ({ caller }) => String((caller as PartnerCaller).apiKeyId),
  })
  return (op, run, { perMinute } = {}) => {
    const [method, url] = op.split(' ') as [string, string]
    const endpoint: Endpoint = contract[op]
    const inputOf = inputReader(endpoint)
    app.route({
      method,
      url,
      schema: {
        summary: endpoint.summary,
        tags: [endpoint.for],
        ...inputSchemas(method, endpoint),
        response: { 200: replySchema(endpoint), '4xx': refusalReply, '5xx': refusalReply },
      },
      ...(endpoint.large ? { bodyLimit: limits.largeBodyBytes } : {}),
      config: { operation: op, ...(perMinute ? { rateLimit: limitOf(endpoint.for, perMinute) } : {}) },
      ...(endpoint.for === 'partner' ? { preHandler: limitPartner, preParsing: proveBody } : {}),
      // Before the body is read, so that an unknown caller costs nothing and learns nothing about the input.
      onRequest: async (request) => {
        requireServedRelease(request, endpoint.for)
        request.caller = await identify[endpoint.for](request)
        if (endpoint.for === 'admin') requirePermission(request.caller as AdminCaller, endpoint)
        if (endpoint.for === 'clerk') requireManager(request.caller as ClerkCaller, endpoint)
      },
      preValidation: async (request) => completeBody(request),
      handler: async (request, reply) =>
        run({ input: inputOf(request) as never, caller: request.caller as never, request, reply }),
    })
  }
}

/** A file has a type of its own; Fastify sends its bytes as they are. */
const replySchema = ({ file, reply }: Endpoint) =>
  file ? { content: Object.fromEntries(fileTypes.map((type) => [type, { schema: reply }])) } : reply

const fileTypes = ['application/json', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']

/** Throws `account.set-up-due`, `account.not-allowed` or `account.confined`. */
function requirePermission(caller: AdminCaller, endpoint: AdminEndpoint): void {
  if (caller.due && !endpoint.setUp) throw new Refusal('account.set-up-due')
  if (!caller.permissions.has(endpoint.permission))
    throw new Refusal('account.not-allowed', { permission: permissionText(endpoint.permission) })
  if (caller.storeIds && !endpoint.confined) throw new Refusal('account.confined')
}

/** Throws `staff.not-manager`. The role was read for this very request. */
function requireManager({ role }: ClerkCaller, { managers }: ClerkEndpoint): void {
  if (managers && role !== 'manager') throw new Refusal('staff.not-manager')
}

/** Whether an account may use an operation once it is set up. */
export const mayUse = (
  { permissions, storeIds }: Pick<AdminCaller, 'permissions' | 'storeIds'>,
  endpoint: AdminEndpoint,
) => permissions.has(endpoint.permission) && (storeIds === null || endpoint.confined === true)

/** Refuses with `account.other-store` a store outside those that the account is confined to. */
export function requireOwnStore({ storeIds }: AdminCaller, ...wanted: number[]): void {
  if (storeIds && wanted.some((storeId) => !storeIds.includes(storeId))) throw new Refusal('account.other-store')
}

// A whole shop may share one address, so callers with a session are counted by their identity.
function limitOf(audience: Audience, max: number): RateLimitOptions {
  const limit = { max, timeWindow: 60_000 }
  if (audience === 'public') return limit
  return { ...limit, hook: 'preParsing', keyGenerator: ({ caller }) => nameOf(caller as KnownCaller) }
}

type KnownCaller = MemberCaller | AdminCaller | PartnerCaller

/** Who calls, without a name. */
export function nameOf(caller: KnownCaller): ActorRef {
  if ('memberId' in caller) return memberRef(caller.memberId)
  return 'login' in caller ? adminRef(caller.login) : partnerRef(caller.apiKeyId)
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: unknown
  }
  interface FastifyContextConfig {
    operation?: Operation
  }
}
