import { addMs, type Instant } from '@pointbook/shared/day'

/** Why an invitation looks like one person's own, or like no real one. */
export type Doubt = 'ring' | 'same-person' | 'own-till' | 'rush'

/** How far back a ring of invitations is looked for. */
export const LONGEST_RING = 5
/** Friends that one member may plausibly bring in an hour. */
export const MOST_AN_HOUR = 10
const HOUR_MS = 3_600_000

export interface InvitationFacts {
  inviterId: number
  inviteeId: number
  /** Who invited the inviter, who invited that one, and so on. */
  forebears: readonly number[]
  /** Whose record stands for a member's now, where records of one person have been merged. */
  heirs: ReadonlyMap<number, number>
  /** When this friend joined, and when those around that time did whom the inviter brought, this one among them. */
  joinedAt: Instant
  friendsJoinedAt: readonly Instant[]
  /** Purchases of the inviter's friends, and those of them that the inviter recorded as a clerk. */
  sales: { all: number; byInviter: number }
}

export function doubtsOf(facts: InvitationFacts): Doubt[] {
  const { inviterId, inviteeId, forebears, heirs, sales } = facts
  const person = (memberId: number) => heirs.get(memberId) ?? memberId
  const invitee = person(inviteeId)
  const found: [Doubt, boolean][] = [
    ['same-person', person(inviterId) === invitee],
    ['ring', forebears.slice(0, LONGEST_RING).some((memberId) => person(memberId) === invitee)],
    ['own-till', sales.all > 0 && sales.byInviter === sales.all],
    ['rush', isRush(facts)],
  ]
  return found.flatMap(([doubt, holds]) => (holds ? doubt : []))
}

/** Whether some hour that this friend joined in saw more friends than is plausible. */
function isRush({ joinedAt, friendsJoinedAt }: InvitationFacts): boolean {
  const times = [...friendsJoinedAt].sort()
  return times.some((first, index) => {
    const last = times[index + MOST_AN_HOUR]
    return last !== undefined && last <= addMs(first, HOUR_MS) && first <= joinedAt && joinedAt <= last
  })
}
