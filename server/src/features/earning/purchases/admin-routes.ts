import type { Api } from '@pointbook/shared/contract/index'
import { adminRef } from '@pointbook/shared/references'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { confirm } from './confirm.ts'
import { giveBack, previewGiveBack } from './give-back.ts'
import { staysTexts } from './stays.ts'
import { requirePurchase } from './store.ts'
import { claimShown, claimView } from './view.ts'

type Goods = Pick<Api['POST /admin/purchases/returns']['input'], 'storeId' | 'receiptNo' | 'lines'>

/** What the merchant does with a purchase, whichever store sold it and whether that is open or not. */
export function purchaseAdminRoutes(handle: Handle, server: Server) {
  const { db } = server

  handle('POST /admin/purchases/confirmations', async ({ input: { storeId, receiptNo }, caller: { login } }) => {
    const sold = await requirePurchase(db, storeId, receiptNo)
    return (await confirm(server, sold, adminRef(login))).outcome
  })

  handle('POST /admin/purchases/returns/preview', async ({ input, caller: { login } }) => {
    const sold = await requirePurchase(db, input.storeId, input.receiptNo)
    const claim = await previewGiveBack(server, sold, { ...goodsOf(input), actor: adminRef(login) })
    return claimView(claim, await staysTexts(db, sold, input.lines))
  })

  handle('POST /admin/purchases/returns', async ({ input, caller: { login } }) => {
    const { receiptNo, reason, requestId } = input
    const sold = await requirePurchase(db, input.storeId, receiptNo)
    const wanted = { ...goodsOf(input), shown: claimShown(input), reason, actor: adminRef(login), requestId }
    return claimView((await giveBack(server, sold, wanted)).outcome)
  })
}

const goodsOf = ({ storeId, receiptNo, lines }: Goods): Goods => ({ storeId, receiptNo, lines })
