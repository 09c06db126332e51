import { clerkRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { isCardNo } from '../../../core/members/card-no.ts'
import { MEMBER_CODE_LENGTH } from '../../../core/members/member-code.ts'
import type { ClerkCaller } from '../../../platform/http.ts'
import { guessing } from '../../../platform/tally.ts'
import type { Server } from '../../../server.ts'
import { scannedMember } from '../../members/cards/issue.ts'
import { provedCode } from '../../members/codes/codes.ts'
import { useCode } from '../../members/codes/moves.ts'
import { issueVisit } from '../../members/codes/visits.ts'
import { heirOf } from '../../members/identities/store.ts'
import { findOrderByPickupCode, orderView } from '../../spending/mall/store.ts'
import { readCustomer } from './customer.ts'

interface Scanned {
  code: string
  requestId: string
}

/** Tells what a code is by its digits and does what scanning it does. Throws `code.unknown` for what is no code of ours. */
export async function scan(server: Server, app: FastifyInstance, clerk: ClerkCaller, { code, requestId }: Scanned) {
  const clerkId = clerk.memberId
  const isMemberCode = code.length === MEMBER_CODE_LENGTH
  // Digits without the form of a code are a mistake and no guess.
  if (!isMemberCode && !isCardNo(code) && !/^8\d{11}$/.test(code)) throw new Refusal('code.unknown')
  const look = async () => {
    if (isMemberCode) return openVisit(server, app, clerkId, { code, requestId })
    return isCardNo(code) ? openVisitByCard(server, app, clerkId, code) : showOrder(server, clerk, code)
  }
  return guessing(server.misses, memberRef(clerkId), look)
}

/** An order of a store where the clerk does not work stays hidden; the refusal names the store alone. */
async function showOrder({ db }: Server, { storeIds }: ClerkCaller, code: string) {
  const orderRow = await findOrderByPickupCode(db, code)
  if (!orderRow) throw new Refusal('code.unknown')
  const order = orderView(orderRow)
  if (!storeIds.includes(order.storeId)) throw new Refusal('order.other-store', { storeName: order.storeName })
  return { kind: 'pickup' as const, order, memberNickname: orderRow.nickname }
}

async function openVisit(server: Server, app: FastifyInstance, clerkId: number, { code, requestId }: Scanned) {
  const { db, book, clock, env } = server
  const shown = provedCode(env.secrets.codeSecret, code, clock.now())
  const { usedAt } = await book.make(useCode, { ...shown, actor: clerkRef(clerkId), requestId })
  const memberId = await heirOf(db, shown.memberId)
  return {
    kind: 'member' as const,
    ...issueVisit(app, { memberId, clerkId, by: 'code', openedAt: usedAt, now: clock.now() }),
    member: await readCustomer(server, memberId),
  }
}

/** A card can be shown by anybody, so the clerk is asked to compare the name. */
async function openVisitByCard(server: Server, app: FastifyInstance, clerkId: number, cardNo: string) {
  const memberId = await scannedMember(server, cardNo)
  const now = server.clock.now()
  return {
    kind: 'member' as const,
    ...issueVisit(app, { memberId, clerkId, by: 'card', openedAt: now, now }),
    member: await readCustomer(server, memberId),
  }
}
