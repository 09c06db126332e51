import { fresh } from '../world.ts'
import { type Arranged, aBuyer, admin, aPurchase, lines, numberOf, partner, requestId, storeId } from './shop-of-all.ts'

export const connections: Arranged = {
  'POST /admin/api-keys': async () => {
    const input = { name: '网店', storeIds: [storeId], perMinute: 60, requestId: requestId() }
    return { by: admin, input, other: { perMinute: 61 } }
  },
  'POST /open/events': async () => {
    const member = numberOf((await aBuyer()).memberId)
    return { by: partner, input: { eventId: fresh('e'), type: 'event', code: 'stay', member } }
  },
  'POST /open/purchases': async () => {
    const member = numberOf((await aBuyer()).memberId)
    return { by: partner, input: { storeId, receiptNo: fresh('R'), requestId: requestId(), member, lines } }
  },
  'POST /open/returns': async () => {
    const { receiptNo } = await aPurchase()
    const some = [{ line: 0, quantity: 0, amountFen: 400 }]
    return { by: partner, input: { storeId, receiptNo, lines: some, requestId: requestId() } }
  },
}
