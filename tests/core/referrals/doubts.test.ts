import { doubtsOf, type InvitationFacts } from '@pointbook/server/core/referrals/doubts'
import { addMs } from '@pointbook/shared/day'
import { describe, expect, it } from 'vitest'

const JOINED = '2026-03-02T04:00:00.000Z'
const MINUTE_MS = 60_000

const facts = (changes: Partial<InvitationFacts> = {}): InvitationFacts => ({
  inviterId: 1,
  inviteeId: 2,
  forebears: [],
  heirs: new Map(),
  joinedAt: JOINED,
  friendsJoinedAt: [JOINED],
  sales: { all: 0, byInviter: 0 },
  ...changes,
})

/** A number of friends, a minute apart, the first this many minutes before this one. */
const friends = (count: number, firstBefore: number, apart = 1) =>
  Array.from({ length: count }, (_, index) => addMs(JOINED, (index * apart - firstBefore) * MINUTE_MS))

describe('a suspicious invitation (H3, H6)', () => {
  it('is not an ordinary invitation', () => {
    expect(doubtsOf(facts({ forebears: [3, 4, 5], sales: { all: 3, byInviter: 2 } }))).toEqual([])
  })

  it('is part of a ring of up to five', () => {
    expect(doubtsOf(facts({ forebears: [2] }))).toEqual(['ring'])
    expect(doubtsOf(facts({ forebears: [3, 4, 5, 6, 2] }))).toEqual(['ring'])
    expect(doubtsOf(facts({ forebears: [3, 4, 5, 6, 7, 2] }))).toEqual([])
  })

  it('is between two records of one person, or in a ring with such records', () => {
    expect(doubtsOf(facts({ heirs: new Map([[2, 1]]) }))).toEqual(['same-person'])
    expect(doubtsOf(facts({ forebears: [3, 9], heirs: new Map([[9, 2]]) }))).toEqual(['ring'])
  })

  it("comes from a clerk whose friends buy only at this clerk's till", () => {
    expect(doubtsOf(facts({ sales: { all: 2, byInviter: 2 } }))).toEqual(['own-till'])
    expect(doubtsOf(facts({ sales: { all: 2, byInviter: 1 } }))).toEqual([])
  })

  it('is any of more than ten invitations in an hour', () => {
    expect(doubtsOf(facts({ friendsJoinedAt: friends(10, 5) }))).toEqual([])
    expect(doubtsOf(facts({ friendsJoinedAt: friends(11, 0) }))).toEqual(['rush'])
    expect(doubtsOf(facts({ friendsJoinedAt: friends(11, 10) }))).toEqual(['rush'])
    expect(doubtsOf(facts({ friendsJoinedAt: friends(11, 30, 6) }))).toEqual(['rush'])
    expect(doubtsOf(facts({ friendsJoinedAt: friends(11, 35, 7) }))).toEqual([])
  })

  it('is not one that was outside the hour of many invitations', () => {
    expect(doubtsOf(facts({ friendsJoinedAt: [...friends(11, 59), JOINED] }))).toEqual(['rush'])
    expect(doubtsOf(facts({ friendsJoinedAt: [...friends(11, 90), JOINED] }))).toEqual([])
  })
})
