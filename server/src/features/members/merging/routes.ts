import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq } from 'drizzle-orm'
import { standingPurchases } from '../../../core/ledger/bought.ts'
import { gained } from '../../../core/ledger/points.ts'
import { tierInForce } from '../../../core/tiers/tiers.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { readStanding } from '../../points/tiers/view.ts'
import { readStaffRole } from '../../shop/staff/store.ts'
import { ordersTable } from '../../spending/mall/tables.ts'
import { readCardOf } from '../cards/store.ts'
import { isWeChat } from '../directory/personal-data.ts'
import { readMember } from '../directory/store.ts'
import { memberNo } from '../directory/words.ts'
import { mergeMembers } from './moves.ts'

export function mergeRoutes(handle: Handle, server: Server) {
  const { book } = server

  handle('GET /admin/members/:memberId/merge', async ({ input: { memberId: keptId, doubleId }, caller: { login } }) => {
    const merge = { keptId, doubleId, reason: '', actor: adminRef(login), requestId: 'preview' }
    const after = await book.preview(mergeMembers, merge)
    const [kept, double] = await Promise.all([sideOf(server, keptId), sideOf(server, doubleId)])
    return { kept, double, after }
  })

  handle('POST /admin/members/:memberId/merge', ({ input, caller: { login } }) => {
    const { memberId: keptId, doubleId, reason, requestId, points, balance, debt, tierName } = input
    const shown = { points, balance, debt, tierName }
    return book.make(mergeMembers, { keptId, doubleId, shown, reason, actor: adminRef(login), requestId })
  })
}

/** The figures of a record that the merchant compares before a merge. */
async function sideOf(server: Server, memberId: number) {
  const { db, keys } = server
  const [member, { policy, account, heldTier, today }, waitingOrders, staff, card] = await Promise.all([
    readMember(db, memberId),
    readStanding(server, memberId),
    db.$count(ordersTable, and(eq(ordersTable.memberId, memberId), eq(ordersTable.state, 'waiting'))),
    readStaffRole(db, memberId),
    readCardOf(db, memberId),
  ])
  if (!member) throw new Refusal('member.unknown')
  const { nickname, avatarUrl, phoneMasked, joinedAt } = member
  const { balance, debt, spendFen } = account
  return {
    ...{ memberId, memberNo: memberNo(memberId), nickname, avatarUrl, phoneMasked, joinedAt },
    ...{ balance, debt, earned: gained(account), purchases: standingPurchases(account), spendFen, waitingOrders },
    wechat: isWeChat(keys, member),
    tierName: tierInForce(policy, account, heldTier, today)?.name ?? '',
    role: staff?.role ?? null,
    cardNo: card?.cardNo ?? null,
  }
}
