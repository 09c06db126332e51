/** What the outbox tells of a merge. */
export interface MemberMerged {
  keptId: number
  doubleId: number
  points: number
}
