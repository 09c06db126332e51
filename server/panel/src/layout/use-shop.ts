import { type QueryKey, useQuery } from '@tanstack/react-query'
import { call, type Reply } from '../api/call.ts'
import { queryClient } from '../api/query-client.ts'

const shopKey: QueryKey = ['GET /shop']

const asked = { queryKey: shopKey, queryFn: () => call('GET /shop'), staleTime: 60_000 }

/** The shop's public face: name, today at the shop, whether this is a demo. */
export const useShop = () => useQuery(asked).data

/** For the shell: reads again every minute, so that a page left open over midnight shows the new day. */
export const useShopEveryMinute = () => useQuery({ ...asked, refetchInterval: 60_000 })

/** The shop as it was last read. The shell reads it before any page shows. */
export function shopNow(): Reply<'GET /shop'> {
  const shop = queryClient.getQueryData<Reply<'GET /shop'>>(shopKey)
  if (!shop) throw new Error('the shop has not been read yet')
  return shop
}
