import type { Database } from '../../platform/database/pool.ts'
import { readSetting } from '../../platform/settings.ts'

export interface Shop {
  name: string
  notice: string
  servicePhone: string
  /** Whether the shop has physical cards. */
  cards: boolean
}

const unnamed: Shop = { name: '积分簿', notice: '', servicePhone: '', cards: false }

export const readShop = async (db: Database): Promise<Shop> => ({
  ...unnamed,
  ...(await readSetting<Shop>(db, 'shop'))?.value,
})
