import type { Api } from '@pointbook/shared/contract/index'
import { adminRef } from '@pointbook/shared/references'
import { numberCursor, pageOf } from '../../../platform/cursor.ts'
import { type Handle, requireOwnStore } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { requireMember } from '../../members/directory/store.ts'
import { confirm } from './confirm.ts'
import { giveBack, previewGiveBack } from './give-back.ts'
import { staysTexts } from './stays.ts'
import { readPurchasesOf, requirePurchase } from './store.ts'
import { claimShown, claimView, purchaseViews } from './view.ts'

type Goods = Pick<Api['POST /admin/purchases/returns']['input'], 'storeId' | 'receiptNo' | 'lines'>

/** The merchant's operations on purchases of any store, open or closed. */
export function purchaseAdminRoutes(handle: Handle, server: Server) {
  const { db } = server

  handle('POST /admin/purchases/confirmations', async ({ input: { storeId, receiptNo }, caller }) => {
    requireOwnStore(caller, storeId)
    const sold = await requirePurchase(db, storeId, receiptNo)
    return (await confirm(server, sold, adminRef(caller.login))).outcome
  })

  handle('POST /admin/purchases/returns/preview', async ({ input, caller }) => {
    requireOwnStore(caller, input.storeId)
    const sold = await requirePurchase(db, input.storeId, input.receiptNo)
    const claim = await previewGiveBack(server, sold, { ...goodsOf(input), actor: adminRef(caller.login) })
    return claimView(claim, await staysTexts(db, sold, input.lines))
  })

  handle('POST /admin/purchases/returns', async ({ input, caller }) => {
    requireOwnStore(caller, input.storeId)
    const { receiptNo, reason, requestId } = input
    const sold = await requirePurchase(db, input.storeId, receiptNo)
    const wanted = { ...goodsOf(input), shown: claimShown(input), reason, actor: adminRef(caller.login), requestId }
    return claimView((await giveBack(server, sold, wanted)).outcome)
  })

  handle('GET /admin/members/:memberId/purchases', async ({ input: { memberId, cursor, limit = 20 } }) => {
    const before = numberCursor(cursor)
    await requireMember(db, memberId)
    const purchaseRows = await readPurchasesOf(db, memberId, before, limit + 1)
    const { rows, next } = pageOf(purchaseRows, limit, ({ entrySeq }) => entrySeq)
    return { rows: await purchaseViews(db, rows), next }
  })
}

const goodsOf = ({ storeId, receiptNo, lines }: Goods): Goods => ({ storeId, receiptNo, lines })
