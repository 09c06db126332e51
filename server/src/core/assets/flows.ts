import type { EntryKind } from '@pointbook/shared/words'

/**
 * Where an asset came from and went: the one definition for dashboard, statement, liability and audit. `reversed` is what was taken
 * back, at once or later as repaid debt; `redeemed` is net of what cancelled orders gave back, `adjusted`
 * has the sign of its sum.
 */
export interface Flows {
  issued: number
  redeemed: number
  expired: number
  reversed: number
  adjusted: number
}

export const noFlows: Flows = { issued: 0, redeemed: 0, expired: 0, reversed: 0, adjusted: 0 }

const flowOf = {
  earn: 'issued',
  spend: 'redeemed',
  'give-back': 'redeemed',
  expire: 'expired',
  return: 'reversed',
  repay: 'reversed',
  adjust: 'adjusted',
  // What one record gave another got: over the whole shop it comes to nothing.
  merge: 'adjusted',
  redate: 'adjusted',
} as const satisfies Record<EntryKind, keyof Flows>

/** Adds what entries of one kind changed the balance by, in place: an audit adds up every entry there is. */
export function addFlow(flows: Flows, kind: EntryKind, delta: number): void {
  const flow = flowOf[kind]
  const isInward = flow === 'issued' || flow === 'adjusted'
  flows[flow] += isInward ? delta : -delta
}

/** The flows with what entries of one kind changed the balance by. */
export function withFlow(flows: Flows, kind: EntryKind, delta: number): Flows {
  const after = { ...flows }
  addFlow(after, kind, delta)
  return after
}

/** What the flows changed the balance by, in all. */
export const netOf = ({ issued, redeemed, expired, reversed, adjusted }: Flows): number =>
  issued + adjusted - redeemed - expired - reversed
