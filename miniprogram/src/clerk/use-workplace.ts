import { Refused } from '@pointbook/shared/client'
import type { Api } from '@pointbook/shared/contract/index'
import { useState } from 'react'
import { call } from '../api/call'
import { useLoad } from '../api/use-load'
import { keepText, readKept } from '../kept'
import { useStanding } from '../session/session'

type Clerk = Api['GET /clerk/me']['reply']
export type Store = Clerk['stores'][number]

/** A store, and who stands at its till. */
export interface Post extends Store {
  clerkId: number
}

const storeKey = 'clerk-store'

/** Who stands at the till, and in which of their stores; the choice outlives the page. */
export function useWorkplace() {
  const standing = useStanding()
  const [chosen, setChosen] = useState(() => Number(readKept(storeKey)))
  const clerk = useLoad(standing === 'starting' ? null : readClerk, [standing])
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
