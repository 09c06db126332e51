import type { Api } from '@pointbook/shared/contract/index'
import { useSyncExternalStore } from 'react'
import { newRequestId } from '../api/request-id'
import { type Draft, draftFor } from './customer/draft'

export type Scanned = Api['POST /clerk/scans']['reply']
export type Visit = Extract<Scanned, { kind: 'member' }>
export type Pickup = Extract<Scanned, { kind: 'pickup' }>

/** A member whom the clerk may book for, and what has been typed for them. */
export interface OpenVisit {
  visit: Visit
  /** The end by this phone's clock, counted from the answer: the phone's clock may be wrong, but it runs evenly. */
  endsMs: number
  draft: Draft
  /** The purchase is recorded; the next scan begins another. */
  recorded: boolean
}

interface Till {
  /** What was scanned last, for the page that serves it. */
  served: Scanned | null
  visits: readonly OpenVisit[]
}

const listeners = new Set<() => void>()

// In memory only: a visit is somebody's name and the right to book for them, and ends after 15 minutes anyway.
let till: Till = { served: null, visits: [] }

function change(to: Partial<Till>) {
  till = { ...till, ...to }
  for (const listener of listeners) listener()
}

const useTill = (): Till => useSyncExternalStore(subscribe, () => till)

/** The member on the page that serves, with their draft. */
export function useServedMember(): OpenVisit | null {
  const { served, visits } = useTill()
  return visits.find(({ visit }) => visit === served) ?? null
}

/** The order on the page that hands it over. */
export function useServedOrder(): Pickup | null {
  const { served } = useTill()
  return served?.kind === 'pickup' ? served : null
}

/** Visits that were left with something typed in them, and that last. */
export function useLeftVisits(): OpenVisit[] {
  const { visits } = useTill()
  return visits.filter(({ recorded, endsMs, draft }) => !recorded && endsMs > Date.now() && isBegun(draft))
}

const isBegun = ({ added, typing }: Draft): boolean => added.length > 0 || typing.amount !== ''

/** Begins to serve what was scanned. The same member scanned again finds what was typed, also when the first visit has run out. */
export function serve(scanned: Scanned) {
  if (scanned.kind === 'pickup') return change({ served: scanned })
  const before = visitOf(scanned.member.memberId)
  const draft = before && !before.recorded ? before.draft : draftFor(newRequestId())
  const begun = { visit: scanned, endsMs: Date.now() + scanned.visitSeconds * 1000, draft, recorded: false }
  change({ served: scanned, visits: [...others(scanned.member.memberId).filter(isOpen), begun] })
}

/** Goes on with a visit that was left. */
export const goOn = ({ visit }: OpenVisit) => change({ served: visit })

/** Changes what the clerk knows or has typed of a visit. */
export function update(memberId: number, part: (before: OpenVisit) => Partial<OpenVisit>) {
  const before = visitOf(memberId)
  if (!before) return
  const after = { ...before, ...part(before) }
  const served = till.served === before.visit ? after.visit : till.served
  change({ served, visits: [...others(memberId), after] })
}

const isOpen = ({ endsMs }: OpenVisit): boolean => endsMs > Date.now()
const visitOf = (memberId: number) => till.visits.find(({ visit }) => visit.member.memberId === memberId)
const others = (memberId: number) => till.visits.filter(({ visit }) => visit.member.memberId !== memberId)

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
