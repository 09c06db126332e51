import { Refused } from '@pointbook/shared/client'
import type { Api } from '@pointbook/shared/contract/index'
import { useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { call } from '../api/call'
import { sharedAnswer, useShared } from '../api/shared-answer'
import { keepText, readKept } from '../kept'
import { isMember, useStanding, watchStanding } from '../session/session'

type Clerk = Api['GET /clerk/me']['reply']
export type Store = Clerk['stores'][number]

/** A store and its clerk. */
export interface Post extends Store {
  clerkId: number
}

const storeKey = 'clerk-store'

// Shared by the pages of one customer, so that a page opened without network still has the store.
const workplace = sharedAnswer(readClerk)

watchStanding(() => {
  if (!isMember()) workplace.forget()
})

/** The clerk and the chosen store; the choice is stored. */
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
  // Another page may have chosen meanwhile.
  useDidShow(() => setChosen(Number(readKept(storeKey))))
  const store = stores.find(({ storeId }) => storeId === chosen) ?? stores[0]

  const choose = ({ storeId }: Store) => {
    keepText(storeKey, String(storeId))
    setChosen(storeId)
  }
  return { clerk, stores, closedStores: clerk.data?.closedStores ?? [], store, choose }
}

/** Null for a member who is not a clerk, or no longer. */
async function readClerk(): Promise<Clerk | null> {
  try {
    return await call('GET /clerk/me')
  } catch (error) {
    if (error instanceof Refused && (error.status === 401 || error.status === 403)) return null
    throw error
  }
}
