import { Refused } from '@pointbook/shared/client'
import { useQuery } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { sessionKey } from '../api/query-client.ts'

/** Who is logged in; null when nobody is. */
export function useSession() {
  const { data, isPending, error } = useQuery({
    queryKey: sessionKey,
    queryFn: () => call('GET /admin/session').catch(noneWhenRefused),
    staleTime: 60_000,
  })
  return { session: data ?? null, isPending, error }
}

function noneWhenRefused(error: unknown) {
  if (error instanceof Refused && error.status === 401) return null
  throw error
}
