import type { RefusalCode } from '../refusals.ts'
import type { Audience, Endpoint } from './http.ts'

// Refusals that many operations share. An operation lists in its own `refusals` what is special to it.

const ofAny = [
  'input.invalid',
  'rate.exceeded',
  'server.busy',
  'database.unavailable',
  'clock.wrong',
] as const satisfies RefusalCode[]

const ofSession = ['session.missing', 'session.invalid', 'session.expired', 'client.outdated'] as const

const ofBody = ['input.too-large', 'input.other-type'] as const satisfies RefusalCode[]

const ofRequestId = ['move.key-reused'] as const satisfies RefusalCode[]

const ofConfined = ['account.other-store'] as const satisfies RefusalCode[]

const ofManagers = ['staff.not-manager'] as const satisfies RefusalCode[]

const byAudience = {
  public: ['client.outdated'],
  // `member.unknown`: the member of the session is not found.
  member: [...ofSession, 'member.unknown'],
  clerk: [...ofSession, 'member.unknown', 'session.forbidden', 'staff.suspended'],
  admin: [...ofSession, 'session.elsewhere', 'account.not-allowed', 'account.confined', 'account.set-up-due'],
  partner: ['api-key.unknown', 'signature.missing', 'signature.outdated', 'signature.wrong', 'signature.repeated'],
} as const satisfies Record<Audience, readonly RefusalCode[]>

export type CommonRefusal =
  | (typeof ofAny)[number]
  | (typeof byAudience)[Audience][number]
  | (typeof ofBody)[number]
  | (typeof ofRequestId)[number]
  | (typeof ofConfined)[number]
  | (typeof ofManagers)[number]

/** Refusals that depend on the caller and the form of the call. */
export function commonRefusals(method: string, endpoint: Endpoint): RefusalCode[] {
  const { for: audience, body } = endpoint
  return [
    ...ofAny,
    ...byAudience[audience],
    ...(endpoint.for === 'admin' && endpoint.confined ? ofConfined : []),
    ...(endpoint.for === 'clerk' && endpoint.managers ? ofManagers : []),
    ...(method === 'GET' ? [] : ofBody),
    ...(body && 'requestId' in body.properties ? ofRequestId : []),
  ]
}

/** The refusals at addresses that are no operation: pages, pictures, reference, metrics, WeChat's push, or nothing at all. */
export const refusalsElsewhere = [
  'route.unknown',
  'route.other-method',
  'request.slow',
  'input.invalid',
  'input.too-large',
  'input.other-type',
  'server.busy',
  'database.unavailable',
  ...ofSession,
  'session.elsewhere',
  'push.invalid',
  'push.outdated',
  'push.repeated',
] as const satisfies RefusalCode[]

/** The refusals of moves that no request makes, only handlers of events. */
export const refusalsOfHandlers = [
  'invitation.not-due',
  'invitation.doubtful',
  'coupon.limit-reached',
  'coupon.too-many',
] as const satisfies RefusalCode[]

/** A member earns or spends, which takes an account in good standing. */
export const ofActiveMember = ['member.frozen', 'member.cancelled'] as const satisfies RefusalCode[]

/** The request names a member, whose membership may have ended, or whose record was merged into another one. */
export const ofNamedMember = [
  'member.unknown',
  'member.cancelled',
  'member.merged-into',
] as const satisfies RefusalCode[]

/** A clerk names the store where they work. */
export const ofStore = ['store.foreign', 'store.closed'] as const satisfies RefusalCode[]

/** A clerk sends the visit of the member whom they serve. */
export const ofVisit = ['visit.expired', 'member.merged-into'] as const satisfies RefusalCode[]

/** The request brings a picture. */
export const ofPicture = ['picture.invalid', 'picture.too-large'] as const satisfies RefusalCode[]
