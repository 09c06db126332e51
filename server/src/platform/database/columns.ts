import type { Day, Instant } from '@pointbook/shared/day'
import { bigint, customType } from 'drizzle-orm/mysql-core'

/** An instant, stored as UTC `DATETIME(3)`, read and written as ISO 8601. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'datetime(3)',
  toDriver: (at) => at.slice(0, 23).replace('T', ' '),
  fromDriver: (at) => `${at.slice(0, 10)}T${at.slice(11)}Z`,
})

/** A business day, `YYYY-MM-DD`. */
export const day = customType<{ data: Day; driverData: string }>({ dataType: () => 'date' })

/** A document stored as text: MariaDB returns JSON columns as text anyway, and no SQL here reads its content. */
export const document = <T>(name?: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'mediumtext',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (text) => JSON.parse(text) as T,
  })(name ?? '')

/** A document of a known greatest length. */
export const shortDocument = <T>(name: string, length: number) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => `varchar(${length})`,
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (text) => JSON.parse(text) as T,
  })(name)

export const hash = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'binary(32)' })

export const id = (name?: string) => bigint(name ?? '', { mode: 'number' })
