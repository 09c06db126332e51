import { Refused } from '@pointbook/shared/client'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

export const sessionKey = ['GET /admin/session']

/** A session that ended anywhere ends everywhere: the shell then shows the login page and comes back here afterwards. */
function noticeEnd(error: unknown) {
  if (error instanceof Refused && error.status === 401) queryClient.setQueryData(sessionKey, null)
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal is an answer, and asking again will not change it; only a lost connection is worth a second try.
      retry: (failures, error) => !(error instanceof Refused) && failures < 2,
    },
  },
})
