import { type Instant, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { issueTicket, readTicket, type Ticket } from '../../platform/session/member-session.ts'

const VISIT_MS = 15 * 60_000

interface VisitTicket extends Ticket {
  kind: 'visit'
  memberId: number
  clerkId: number
}

interface Visit {
  memberId: number
  clerkId: number
  /** When the member's code was scanned, and now, by one clock. */
  openedAt: Instant
  now: Instant
}

/** Lets one clerk serve one member for 15 minutes from the scan; throws `visit.expired` when they have passed. */
export function issueVisit(app: FastifyInstance, { memberId, clerkId, openedAt, now }: Visit) {
  const leftMs = VISIT_MS - (Date.parse(now) - Date.parse(openedAt))
  if (leftMs < 1_000) throw new Refusal('visit.expired')
  const ticket: VisitTicket = { kind: 'visit', memberId, clerkId }
  return {
    visit: issueTicket(app, ticket, Math.floor(leftMs / 1_000)),
    // Tickets end by the machine's clock, and so does the clerk's phone count.
    visitEndsAt: instant(new Date(Date.now() + leftMs)),
  }
}

/** The member whom this clerk is serving; throws `visit.expired` when the visit is over, forged or another clerk's. */
export function visitOf(app: FastifyInstance, visit: string, clerkId: number): number {
  const ticket = readTicket<VisitTicket>(app, visit, 'visit')
  if (!ticket || ticket.clerkId !== clerkId) throw new Refusal('visit.expired')
  return ticket.memberId
}
