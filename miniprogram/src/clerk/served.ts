import type { Api } from '@pointbook/shared/contract/index'
import { useSyncExternalStore } from 'react'

export type Scanned = Api['POST /clerk/scans']['reply']
export type Visit = Extract<Scanned, { kind: 'member' }>

const listeners = new Set<() => void>()

let served: Scanned | null = null

/**
 * What was scanned last, for the page that serves it. In memory only: a visit is somebody's name and the right to book
 * for them, and ends after 15 minutes anyway.
 */
export const useServed = (): Scanned | null => useSyncExternalStore(subscribe, () => served)

export function serve(scanned: Scanned) {
  served = scanned
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
