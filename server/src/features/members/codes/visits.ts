import { type Instant, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { issueTicket, readTicket, type Ticket } from '../../../platform/session/member-session.ts'

/** How the clerk found the member: only the rotating code proves that the member is there. */
export type FoundBy = 'code' | 'card' | 'phone' | 'number'

const VISIT_MS = 15 * 60_000

interface VisitTicket extends Ticket {
  kind: 'visit'
  memberId: number
  clerkId: number
  by?: FoundBy
}

interface Visit {
  memberId: number
  clerkId: number
  by: FoundBy
  /** When the member's code was scanned, and now, by one clock. */
  openedAt: Instant
  now: Instant
}

/** Allows one clerk to serve one member for 15 minutes from the scan; throws `visit.expired` afterwards. */
export function issueVisit(app: FastifyInstance, { memberId, clerkId, by, openedAt, now }: Visit) {
  const leftMs = VISIT_MS - (Date.parse(now) - Date.parse(openedAt))
  if (leftMs < 1_000) throw new Refusal('visit.expired')
  const ticket: VisitTicket = { kind: 'visit', memberId, clerkId, by }
  const visitSeconds = Math.floor(leftMs / 1_000)
  return {
    by,
    visit: issueTicket(app, ticket, visitSeconds),
    visitSeconds,
    // For the release that counted by its phone's clock.
    visitEndsAt: instant(new Date(Date.now() + leftMs)),
  }
}

/**
 * The member whom this clerk is serving, and how the member was found; throws `visit.expired` when the visit is over, forged or
 * another clerk's.
 */
export function openVisitOf(app: FastifyInstance, visit: string, clerkId: number): { memberId: number; by: FoundBy } {
  const ticket = readTicket<VisitTicket>(app, visit, 'visit')
  if (!ticket || ticket.clerkId !== clerkId) throw new Refusal('visit.expired')
  // Tickets of the release before this one do not say.
  return { memberId: ticket.memberId, by: ticket.by ?? 'card' }
}

/** The member whom this clerk is serving; throws as `openVisitOf`. */
export const visitOf = (app: FastifyInstance, visit: string, clerkId: number): number =>
  openVisitOf(app, visit, clerkId).memberId
