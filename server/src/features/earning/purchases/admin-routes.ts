import type { Api } from '@pointbook/shared/contract/index'
import { group, yuan } from '@pointbook/shared/money'
import { record } from '../../../platform/audit-log.ts'
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
  const { db, clock } = server

  handle('POST /admin/purchases/confirmations', async ({ input: { storeId, receiptNo }, caller: { login } }) => {
    const sold = await requirePurchase(db, storeId, receiptNo)
    const actor = `admin/${login}`
    const { outcome, repeated } = await confirm(server, sold, actor)
    const text = `确认小票 ${receiptNo}，${group(outcome.points)} 分生效`
    const line = { actor, action: 'purchase.confirm', subject: `member/${sold.memberId}`, text }
    if (!repeated) await record(db, clock.now(), line)
    return outcome
  })

  handle('POST /admin/purchases/returns/preview', async ({ input, caller: { login } }) => {
    const sold = await requirePurchase(db, input.storeId, input.receiptNo)
    const claim = await previewGiveBack(server, sold, { ...goodsOf(input), actor: `admin/${login}` })
    return claimView(claim, await staysTexts(db, sold, input.lines))
  })

  handle('POST /admin/purchases/returns', async ({ input, caller: { login } }) => {
    const { receiptNo, reason, requestId } = input
    const sold = await requirePurchase(db, input.storeId, receiptNo)
    const actor = `admin/${login}`
    const wanted = { ...goodsOf(input), shown: claimShown(input), actor, requestId }
    const { outcome, repeated } = await giveBack(server, sold, wanted)
    const claim = claimView(outcome)
    const text = `小票 ${receiptNo} 退货，退款 ${yuan(claim.refundFen)} 元，${claim.text}：${reason}`
    const line = { actor, action: 'purchase.return', subject: `member/${sold.memberId}`, text }
    if (!repeated) await record(db, clock.now(), line)
    return claim
  })
}

const goodsOf = ({ storeId, receiptNo, lines }: Goods): Goods => ({ storeId, receiptNo, lines })
