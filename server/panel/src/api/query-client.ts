import { Refused } from '@pointbook/shared/client'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import type { Reply } from './call.ts'

export const sessionKey = ['GET /admin/session']

export type Session = Reply<'GET /admin/session'> & {
  /** The session has ended: the screen stays, and the same person logs in again over it. */
  ended?: true
}

/** Without a session nothing changes; an existing session has ended. */
export const ended = (session: Session | null | undefined): Session | null =>
  session ? { ...session, ended: true } : null

/** Clears the session first, so that the shell closes at once; then all data that the next person must not see. */
export function forgetSession() {
  queryClient.setQueryData(sessionKey, null)
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
}

/** A session that ended anywhere ends everywhere. */
function noticeEnd(error: unknown) {
  if (error instanceof Refused && error.status === 401)
    queryClient.setQueryData<Session | null>(sessionKey, (session) => ended(session))
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
