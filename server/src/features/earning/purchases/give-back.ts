import type { Server } from '../../../server.ts'
import { asHeld } from '../../members/identities/store.ts'
import { type Return, type Returned, returnPurchase } from './return.ts'
import { readAhead } from './store.ts'
import type { PurchaseRow } from './tables.ts'

/** A return as a clerk, a partner or the merchant wants it. */
export type Wanted = Omit<Return, 'memberId' | 'entrySeq' | 'moved' | 'draws' | 'coupons' | 'caps' | 'extended'>

/** Records a return. Used for clerks, partners and in the panel. Throws the refusal of `returnPurchase`. */
export const giveBack = (server: Server, sold: PurchaseRow, wanted: Wanted) =>
  asHeld(async () => server.book.submit(returnPurchase, { ...wanted, ...(await readAhead(server, sold)) }))

/** The result that `giveBack` would have; writes nothing. */
export const previewGiveBack = async (
  server: Server,
  sold: PurchaseRow,
  wanted: Omit<Wanted, 'requestId'>,
): Promise<Returned> =>
  server.book.preview(returnPurchase, { ...wanted, requestId: 'preview', ...(await readAhead(server, sold)) })
