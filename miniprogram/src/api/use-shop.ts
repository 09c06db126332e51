import type { Api } from '@pointbook/shared/contract/index'
import { useEffect, useState } from 'react'
import { call } from './call'

type Shop = Api['GET /shop']['reply']

let asked: Promise<Shop> | undefined

/** The shop's public face, asked once for all pages; undefined until it is known. */
export function useShop(): Shop | undefined {
  const [shop, setShop] = useState<Shop>()
  useEffect(() => {
    asked ??= call('GET /shop').catch((error) => {
      asked = undefined
      throw error
    })
    asked.then(setShop, () => {})
  }, [])
  return shop
}
