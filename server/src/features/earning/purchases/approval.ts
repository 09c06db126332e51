import { group, yuan, yuanText } from '@pointbook/shared/money'
import { isOfKind } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { readAccount } from '../../points/ledger/store.ts'
import { approvable } from '../../shop/approvals/approvable.ts'
import type { ApprovalKind } from '../../shop/approvals/kind.ts'
import { isOwn, type Recorded, recordPurchase } from './moves.ts'
import { amountOf, type Receipt } from './receipt.ts'

const LINES_SHOWN = 20

/**
 * A clerk's purchase for their own code, where the policy wants it approved, or above the shop's limit. Its points follow the rules
 * in force at the approval, like those of every purchase at the moment of its recording.
 */
export const purchaseApproval: ApprovalKind<Receipt, Recorded> = {
  kind: 'purchase',
  move: recordPurchase,
  because(receipt, { policy }) {
    if (receipt.approved || !isOfKind(receipt.actor, 'clerk')) return null
    if (isOwn(receipt) && policy.till?.ownPurchases === 'approve') return '店员给自己记账'
    const { mostFen = null, lines } = receipt
    return mostFen !== null && amountOf(lines) > mostFen ? `一单超过 ${yuanText(mostFen)}` : null
  },
  requireWaitable({ paid, coupons = [] }) {
    // The customer has paid and left by then, and the coupon may have been used elsewhere.
    if (coupons.length > 0) throw new Refusal('approval.no-coupons')
    if (paid.offsetPoints > 0) throw new Refusal('approval.no-offset')
  },
  asked: ({ actor, storeId, memberId, lines, receiptNo }) => ({
    asker: actor,
    storeId,
    memberId,
    title: `${receiptNo ? `小票 ${receiptNo}，` : ''}消费 ${yuan(amountOf(lines))} 元`,
  }),
  request: ({ mostFen: _, shown: __, approved: ___, ...request }) => request,
  approved: (request, { memberId }) => ({ ...request, memberId: memberId ?? request.memberId, approved: true }),
  figures: (_, { amountFen, points, balance }) => ({ amountFen, points, balance }),
  outcome: ({ receiptNo, seq, points }) => ({
    text: `已记账，小票 ${receiptNo}，得 ${group(points)} 分`,
    seq,
    receiptNo,
  }),
  async facts({ db }, { memberId, state }, { lines, paid }, { amountFen = 0, points = 0, balance = 0 }) {
    const account = state === 'waiting' && memberId !== null ? await readAccount(db, memberId) : null
    const rest = lines.length - LINES_SHOWN
    const facts = [
      { label: '消费', value: `${yuan(amountFen)} 元` },
      ...(paid.couponFen > 0 ? [{ label: '优惠券', value: `${yuan(paid.couponFen)} 元` }] : []),
      { label: '得分', value: `${group(points)} 分（按审批时的规则）` },
      { label: '余额', value: `${group(balance)} 分`, before: account && `${group(account.balance)} 分` },
      ...lines.slice(0, LINES_SHOWN).map(({ name, quantity, amountFen: costFen }) => ({
        label: '商品',
        value: `${name} ×${quantity}，${yuan(costFen)} 元`,
      })),
      ...(rest > 0 ? [{ label: '商品', value: `还有 ${rest} 行` }] : []),
    ]
    return facts.map((fact) => ({ before: null, ...fact }))
  },
}

/** Records a purchase, or asks for a second person. */
export const recordOrAsk = approvable(purchaseApproval)
