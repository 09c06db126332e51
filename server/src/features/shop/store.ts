import type { Database } from '../../platform/database/pool.ts'
import { readSetting } from '../../platform/settings.ts'

export interface Shop {
  name: string
  notice: string
  servicePhone: string
}

const unnamed: Shop = { name: '积分簿', notice: '', servicePhone: '' }

export const readShop = async (db: Database): Promise<Shop> => (await readSetting<Shop>(db, 'shop'))?.value ?? unnamed
