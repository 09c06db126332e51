import { addMs, type Instant } from '@pointbook/shared/day'

/** Why an invitation may not be genuine. */
export type Doubt = 'ring' | 'same-person' | 'own-till' | 'rush'

/** The greatest length of a ring of invitations that is searched for. */
export const LONGEST_RING = 5
/** Friends that one member may plausibly bring in an hour. */
export const MOST_AN_HOUR = 10
const HOUR_MS = 3_600_000

export interface InvitationFacts {
  inviterId: number
  inviteeId: number
  /** The chain of inviters: the inviter's inviter, that one's inviter, and so on. */
  forebears: readonly number[]
  /** The record that a member's record was merged into. */
  heirs: ReadonlyMap<number, number>
  /**
   * The instant at which this friend joined, and those of all friends of the inviter who joined around that time, including this
   * one.
   */
  joinedAt: Instant
  friendsJoinedAt: readonly Instant[]
  /** Purchases of the inviter's friends, and those of them that the inviter recorded as a clerk. */
  sales: { all: number; byInviter: number }
}

export function doubtsOf(facts: InvitationFacts): Doubt[] {
  const { inviterId, inviteeId, forebears, heirs, sales } = facts
  const person = (memberId: number) => heirs.get(memberId) ?? memberId
  const invitee = person(inviteeId)
  const doubts: [Doubt, boolean][] = [
    ['same-person', person(inviterId) === invitee],
    ['ring', forebears.slice(0, LONGEST_RING).some((memberId) => person(memberId) === invitee)],
    ['own-till', sales.all > 0 && sales.byInviter === sales.all],
    ['rush', isRush(facts)],
  ]
  return doubts.flatMap(([doubt, holds]) => (holds ? doubt : []))
}

/** Whether more friends than plausible joined within one hour around this friend. */
function isRush({ joinedAt, friendsJoinedAt }: InvitationFacts): boolean {
  const times = [...friendsJoinedAt].sort()
  return times.some((first, index) => {
    const last = times[index + MOST_AN_HOUR]
    return last !== undefined && last <= addMs(first, HOUR_MS) && first <= joinedAt && joinedAt <= last
  })
}
