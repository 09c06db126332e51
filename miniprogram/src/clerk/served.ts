import { instant } from '@pointbook/shared/day'
import { useSyncExternalStore } from 'react'
import { newRequestId } from '../api/request-id'
import { isMember, watchStanding } from '../session/session'
import { dayAt, endOfDay } from '../time'
import { draftFor } from './customer/draft'
import { keepVisits, readVisits } from './kept-visits'
import type { OpenVisit, Pickup, Place, Scanned, Visit } from './visit'

interface Till {
  /** The last scan, for the page that handles it. */
  served: Scanned | null
  visits: readonly OpenVisit[]
}

const listeners = new Set<() => void>()

let till: Till = { served: null, visits: readVisits().filter(isKept) }
// Visits of earlier days are removed from the storage too.
keepVisits(till.visits)

// A log-out removes the stored visits.
watchStanding(() => {
  if (!isMember()) show({ served: null, visits: readVisits().filter(isKept) })
})

function show(next: Till) {
  till = next
  for (const listener of listeners) listener()
}

function change(to: Partial<Till>) {
  show({ ...till, ...to })
  if (to.visits) keepVisits(to.visits.filter(isKept))
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

/** Today's visits of this clerk at this store with input that is not recorded. */
export function useLeftVisits(place: Place): OpenVisit[] {
  const { visits } = useTill()
  return visits.filter((open) => isAt(place, open) && isKept(open))
}

/** Begins to serve what was scanned. The same member scanned again finds what was typed, also when the first visit has run out. */
export function serve(scanned: Scanned, place: Place) {
  if (scanned.kind === 'pickup') return change({ served: scanned })
  const isSame = (open: OpenVisit) => isAt(place, open) && open.visit.member.memberId === scanned.member.memberId
  const before = till.visits.find(isSame)
  const draft = before && !before.recorded ? before.draft : draftFor(newRequestId())
  const now = Date.now()
  const endsMs = now + scanned.visitSeconds * 1000
  const keptUntilMs = Math.max(endsMs, Date.parse(endOfDay(dayAt(instant(new Date(now))))))
  const begun = { ...place, visit: scanned, endsMs, keptUntilMs, draft, recorded: false }
  const others = till.visits.filter((open) => !isSame(open) && (isOpen(open) || isKept(open)))
  change({ served: scanned, visits: [...others, begun] })
}

/** Goes on with a visit that was left. */
export const goOn = ({ visit }: OpenVisit) => change({ served: visit })

/** Drops what was typed in a visit. */
export const drop = (dropped: OpenVisit) => change({ visits: till.visits.filter((open) => open !== dropped) })

/** Changes the data or the input of a visit. */
export function update(of: Visit, part: (before: OpenVisit) => Partial<OpenVisit>) {
  const before = till.visits.find(({ visit }) => visit.visit === of.visit)
  if (!before) return
  const after = { ...before, ...part(before) }
  const served = till.served === before.visit ? after.visit : till.served
  change({ served, visits: till.visits.map((open) => (open === before ? after : open)) })
}

export const isOpen = ({ endsMs }: OpenVisit): boolean => endsMs > Date.now()
const isAt = ({ clerkId, storeId }: Place, open: OpenVisit) => open.clerkId === clerkId && open.storeId === storeId

/** Whether there is input that is not recorded yet. */
function isKept({ recorded, keptUntilMs, draft: { added, typing } }: OpenVisit): boolean {
  return !recorded && keptUntilMs > Date.now() && (added.length > 0 || typing.amount !== '')
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
