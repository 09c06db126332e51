import type { EntryKind } from '@pointbook/shared/words'

/**
 * The sources and uses of an asset, defined once for dashboard, statement, liability and audit. `reversed` is what returns took
 * back, either at the return or later as repaid debt; `redeemed` is net of what cancelled orders gave back, `adjusted` has the
 * sign of its sum.
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
  // One record gave what the other received: over the whole shop the sum is 0.
  merge: 'adjusted',
  redate: 'adjusted',
} as const satisfies Record<EntryKind, keyof Flows>

/** Adds the balance change of entries of one kind, in place, because an audit adds up every entry of the shop. */
export function addFlow(flows: Flows, kind: EntryKind, delta: number): void {
  const flow = flowOf[kind]
  const isInward = flow === 'issued' || flow === 'adjusted'
  flows[flow] += isInward ? delta : -delta
}

/** The flows plus the balance change of entries of one kind. */
export function withFlow(flows: Flows, kind: EntryKind, delta: number): Flows {
  const after = { ...flows }
  addFlow(after, kind, delta)
  return after
}

/** The total balance change of the flows. */
export const netOf = ({ issued, redeemed, expired, reversed, adjusted }: Flows): number =>
  issued + adjusted - redeemed - expired - reversed
