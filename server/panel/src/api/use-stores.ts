import { useRead } from './use-read.ts'

/** All stores, and their names by id. */
export function useStores() {
  const { data } = useRead('GET /admin/stores', {})
  const stores = data?.rows ?? []
  const storeName = (storeId: number) => stores.find((store) => store.storeId === storeId)?.name ?? `门店 ${storeId}`
  return { stores, storeName }
}
