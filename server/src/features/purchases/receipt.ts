import type { Line } from '../../core/earning-event.ts'
import type { Profile } from '../points/earn.ts'
import type { HowPaid } from './tables.ts'

export interface Receipt {
  memberId: number
  storeId: number
  receiptNo: string
  lines: Line[]
  paid: HowPaid
  profile: Profile
  actor: string
}

export const purchaseRef = ({ storeId, receiptNo }: { storeId: number; receiptNo: string }): string =>
  `${storeId}/${receiptNo}`

export const amountOf = (lines: readonly { amountFen: number }[]): number =>
  lines.reduce((sum, line) => sum + line.amountFen, 0)
