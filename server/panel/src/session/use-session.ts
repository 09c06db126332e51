import { Refused } from '@pointbook/shared/client'
import { useQuery } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { ended, queryClient, type Session, sessionKey } from '../api/query-client.ts'

/** The logged-in user; null without a session. */
export function useSession() {
  const { data, isPending, error } = useQuery<Session | null>({
    queryKey: sessionKey,
    queryFn: () => call('GET /admin/session').catch(noneWhenRefused),
    staleTime: 60_000,
  })
  return { session: data ?? null, isPending, error: data === undefined ? error : null }
}

function noneWhenRefused(error: unknown): Session | null {
  if (error instanceof Refused && error.status === 401)
    return ended(queryClient.getQueryData<Session | null>(sessionKey))
  throw error
}
