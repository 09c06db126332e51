import type { Api } from '@pointbook/shared/contract/index'
import { useEffect } from 'react'
import { useStanding } from '../session/session'
import { setShopOffset } from '../time'
import { call } from './call'
import { sharedAnswer, useShared } from './shared-answer'

type Shop = Api['GET /shop']['reply']

const shop = sharedAnswer(async () => {
  const answer = await call('GET /shop')
  setShopOffset(answer.offsetMinutes)
  return answer
})

/** Asks again, where a refusal shows that it has changed. */
export const readShopAgain = shop.ask

/** The shop's public data; undefined until they are loaded. */
export function useShop(): Shop | undefined {
  const standing = useStanding()
  // After an outage the log-in is repeated; when it succeeds, the shop is read too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when the standing changes
  useEffect(() => {
    if (!shop.read().data) shop.refresh()
  }, [standing])
  return useShared(shop).data
}
