import type { Instant } from '@pointbook/shared/day'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { lockSetting, readSetting } from '../../../platform/settings.ts'

export interface Shop {
  name: string
  notice: string
  servicePhone: string
  /** Whether the shop has physical cards. */
  cards: boolean
  /** The days between a member's request to leave and the end of the membership. */
  leaveAfterDays: number
  /** The months after which somebody who left gets the welcome gift again. */
  rejoinAfterMonths: number
  /** The months after which lines of the audit log are deleted. */
  keepLogMonths: number
  /** The months after which messages in the inbox are deleted. */
  keepMessagesMonths: number
}

const NAME = 'shop'

const unnamed: Shop = {
  name: '积分簿',
  notice: '',
  servicePhone: '',
  cards: false,
  leaveAfterDays: 7,
  rejoinAfterMonths: 12,
  keepLogMonths: 36,
  keepMessagesMonths: 24,
}

export const readShop = async (db: Database): Promise<Shop> => ({
  ...unnamed,
  ...(await readSetting<Shop>(db, NAME))?.value,
})

/** The stored shop, locked until the transaction ends. */
export const lockShop = async (tx: Transaction, at: Instant): Promise<Shop> => ({
  ...unnamed,
  ...(await lockSetting(tx, NAME, unnamed, at)),
})
