import { Id, Points, Reason, ReceiptNo, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact } from '../http.ts'
import { Claim, ClaimShown, ReturnedGoods } from '../purchases.ts'

export const adminPurchases = {
  'POST /admin/purchases/confirmations': {
    for: 'admin',
    summary: 'Say that a purchase stays: its points can be used from today. Again it changes nothing',
    body: Exact({ storeId: Id, receiptNo: ReceiptNo }),
    reply: Exact({ points: Points }),
  },
  'POST /admin/purchases/returns/preview': {
    for: 'admin',
    summary: 'What this return would take back; writes nothing',
    body: ReturnedGoods,
    reply: Exact(Claim),
  },
  'POST /admin/purchases/returns': {
    for: 'admin',
    summary: 'Take goods back for whichever store sold them, also one that has closed, with a reason',
    body: Exact({ ...ReturnedGoods.properties, ...ClaimShown, reason: Reason, requestId: RequestId }),
    reply: Exact(Claim),
  },
} satisfies Endpoints

export type AdminPurchasesApi = ApiOf<typeof adminPurchases>
