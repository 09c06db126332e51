import { Refused } from '@pointbook/shared/client'
import type { Api } from '@pointbook/shared/contract/index'
import { useEffect, useState } from 'react'
import { call } from '../api/call'
import { sharedAnswer, useShared } from '../api/shared-answer'
import { keepText, readKept } from '../kept'
import { isMember, useStanding, watchStanding } from '../session/session'

type Clerk = Api['GET /clerk/me']['reply']
export type Store = Clerk['stores'][number]

/** A store, and who stands at its till. */
export interface Post extends Store {
  clerkId: number
}

const storeKey = 'clerk-store'

// The pages of one customer share it: one that opens while the network is away still knows where it stands.
const workplace = sharedAnswer(readClerk)

watchStanding(() => {
  if (!isMember()) workplace.forget()
})

/** Who stands at the till, and in which of their stores; the choice outlives the page. */
export function useWorkplace() {
  const standing = useStanding()
  const [chosen, setChosen] = useState(() => Number(readKept(storeKey)))
  const isKnown = standing !== 'starting'
  const clerk = useShared(workplace, isKnown)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when the standing changes
  useEffect(() => {
    if (isKnown) workplace.refresh()
  }, [standing])
  const { clerkId = 0 } = clerk.data ?? {}
  const stores: Post[] = (clerk.data?.stores ?? []).map((store) => ({ ...store, clerkId }))
  const store = stores.find(({ storeId }) => storeId === chosen) ?? stores[0]

  const choose = ({ storeId }: Store) => {
    keepText(storeKey, String(storeId))
    setChosen(storeId)
  }
  return { clerk, stores, closedStores: clerk.data?.closedStores ?? [], store, choose }
}

/** Null for somebody who is no clerk, or no longer. */
async function readClerk(): Promise<Clerk | null> {
  try {
    return await call('GET /clerk/me')
  } catch (error) {
    if (error instanceof Refused && (error.status === 401 || error.status === 403)) return null
    throw error
  }
}
