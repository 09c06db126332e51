import { group } from '@pointbook/shared/money'
import { type ActorRef, memberRef, purchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { row } from '../../../book/changes.ts'
import { move } from '../../../book/move.ts'
import { loggedOfMerchant, posted } from '../../../book/tables.ts'
import { redate } from '../../../core/assets/redate.ts'
import type { Server } from '../../../server.ts'
import { type Earning, holdingFor, holdingPart } from '../../members/identities/pass-on.ts'
import { asHeld, holdingOf } from '../../members/identities/store.ts'
import { accountOf, entryHeader } from '../../points/ledger/moves.ts'
import { type PurchaseRow, purchases } from './tables.ts'

export interface Confirmation extends Earning {
  storeId: number
  receiptNo: string
  actor: ActorRef
}

/**
 * The customer keeps the goods: pending points become usable today. A second confirmation changes nothing. A confirmation by the
 * merchant writes an audit log line.
 */
export const confirmPurchase = move<Confirmation, { points: number }>('purchases.confirm', {
  member: ({ memberId }) => memberId,
  key: (input) => `confirm/${purchaseRef(input)}`,
  same: () => null,
  touches: (input) => [...holdingPart(holdingFor(input)).touches, row(purchases, input.storeId, input.receiptNo)],
  decide(view, input, context) {
    const { memberId, storeId, receiptNo, actor } = input
    const holding = holdingFor(input)
    const sold = view.get(purchases, storeId, receiptNo)
    if (!sold || sold.memberId !== memberId) throw new Refusal('receipt.unknown')
    const lot = holdingPart(holding).lot(view)
    const waiting = lot && lot.usableOn > context.today ? lot : null
    const points = waiting?.remaining ?? 0
    const text = `确认小票 ${receiptNo}，${group(points)} 分生效`
    const line = { actor, action: 'purchase.confirm', subject: memberRef(memberId), text } as const
    const log = loggedOfMerchant(context.now, line)
    if (!waiting) return { changes: log, outcome: { points } }
    const header = entryHeader(context, 'confirmation', purchaseRef(sold), actor)
    const why = { rule: '@confirmation', points: 0, because: { type: 'confirmed' } } as const
    const posting = redate(
      accountOf(view, holding.memberId),
      header,
      [{ lot: waiting, usableOn: context.today }],
      [why],
    )!
    return { changes: [...posted(posting), ...log], outcome: { points } }
  },
})

/** Confirms a purchase for the record that has its points now. Used for partners and in the panel. */
export async function confirm(
  { db, book }: Server,
  { memberId, entrySeq, storeId, receiptNo }: PurchaseRow,
  actor: ActorRef,
) {
  return asHeld(async () => {
    const moved = await holdingOf(db, memberId, entrySeq)
    return book.submit(confirmPurchase, { memberId, entrySeq, moved, storeId, receiptNo, actor })
  })
}
