import type { Api } from '@pointbook/shared/contract/index'
import type { Draft } from './customer/draft'
import type { Post } from './use-workplace'

export type Scanned = Api['POST /clerk/scans']['reply']
export type Visit = Extract<Scanned, { kind: 'member' }>
export type Pickup = Extract<Scanned, { kind: 'pickup' }>
export type Place = Pick<Post, 'clerkId' | 'storeId'>

/** A member whom the clerk is serving, and the input for them. */
export interface OpenVisit extends Place {
  visit: Visit
  /** The end by this phone's clock, counted from the answer: the phone's clock may be wrong, but it runs evenly. */
  endsMs: number
  /** The input stays after the visit until the end of the day, by the same clock: the next code of the member continues it. */
  keptUntilMs: number
  draft: Draft
  /** The purchase is recorded; the next scan begins another. */
  recorded: boolean
}
