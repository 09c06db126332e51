import { useQuery } from '@tanstack/react-query'
import { call } from '../api/call.ts'

/** The shop's public face: name, today at the shop, whether this is a demo. */
export function useShop() {
  return useQuery({ queryKey: ['GET /shop'], queryFn: () => call('GET /shop'), staleTime: 60_000 }).data
}
