import type { Api } from '@pointbook/shared/contract/index'
import { type Day, dayOf } from '@pointbook/shared/day'
import { partnerRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Answer } from '../../../book/book.ts'
import { usableAmount } from '../../../core/assets/lots.ts'
import { tierInForce } from '../../../core/tiers/tiers.ts'
import type { Handle, PartnerCaller } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { recordAct } from '../../earning/events/acts.ts'
import { readProfile } from '../../earning/events/traits.ts'
import { confirm } from '../../earning/purchases/confirm.ts'
import { giveBack } from '../../earning/purchases/give-back.ts'
import { type Recorded, recordPurchase } from '../../earning/purchases/moves.ts'
import { offsetPreview } from '../../earning/purchases/offset.ts'
import type { Receipt } from '../../earning/purchases/receipt.ts'
import { requirePurchase } from '../../earning/purchases/store.ts'
import { claimView } from '../../earning/purchases/view.ts'
import { findByPhone } from '../../members/directory/store.ts'
import { memberNo } from '../../members/directory/words.ts'
import { asHeld, heirOf } from '../../members/identities/store.ts'
import { readOpenLots } from '../../points/ledger/store.ts'
import { explanationLines } from '../../points/policy/explanation.ts'
import { readPolicy } from '../../points/policy/store.ts'
import { readStanding } from '../../points/tiers/view.ts'
import { readStore } from '../../shop/stores/store.ts'
import { reportKey } from './reports.ts'

type Cart = Api['POST /open/purchases']['input']

export function openRoutes(handle: Handle, server: Server) {
  const { db, book, clock, offsetMinutes } = server
  const actorOf = ({ apiKeyId }: PartnerCaller) => partnerRef(apiKeyId)

  handle('POST /open/events', async ({ input, caller }) => {
    const { eventId, type: trigger, code, member, amountFen = 0, quantity = 1 } = input
    const answer = await asHeld(async () => {
      const heirId = await memberIdOf(member)
      const profile = await readProfile(server, heirId)
      const { system, apiKeyId } = caller
      const once = await reportKey(db, { system, apiKeyId, eventId, trigger, code, heirId })
      return book.submit(recordAct, { ...once, trigger, code, amountFen, quantity, profile, actor: actorOf(caller) })
    })
    return { ...(await given(answer.outcome)), ...repeats(answer) }
  })

  handle('POST /open/purchases/preview', async ({ input, caller }) => {
    const receipt = await partnerReceipt(input, caller)
    const outcome = await book.preview(recordPurchase, receipt)
    const { amountFen, expiresOn } = outcome
    const [gift, offset] = await Promise.all([given(outcome), offsetPreview(server, receipt, outcome)])
    return { ...gift, amountFen, offset, expiresOn }
  })

  handle('POST /open/purchases', async ({ input, caller }) => {
    const answer = await asHeld(async () => book.submit(recordPurchase, await partnerReceipt(input, caller)))
    const { seq, amountFen, offset, expiresOn } = answer.outcome
    return { ...(await given(answer.outcome)), ...repeats(answer), seq, amountFen, offset, expiresOn }
  })

  handle('POST /open/purchases/confirmations', async ({ input: { storeId, receiptNo }, caller }) => {
    const answer = await confirm(server, await soldAt(caller, storeId, receiptNo), actorOf(caller))
    return { ...answer.outcome, ...repeats(answer) }
  })

  handle('POST /open/returns', async ({ input, caller }) => {
    const sold = await soldAt(caller, input.storeId, input.receiptNo)
    const { refundFen, points, ...returned } = input
    const goods = { ...returned, shown: { refundFen, points }, actor: actorOf(caller) }
    const answer = await giveBack(server, sold, goods)
    return { ...claimView(answer.outcome), ...repeats(answer) }
  })

  handle('GET /open/members/:memberNo', async ({ input }) => {
    const memberId = await memberIdOf(input)
    const [{ policy, account, heldTier, today }, lots] = await Promise.all([
      readStanding(server, memberId),
      readOpenLots(db, memberId),
    ])
    return {
      memberNo: memberNo(memberId),
      standing: account.standing,
      balance: account.balance,
      usable: usableAmount(lots, today),
      tierName: tierInForce(policy, account, heldTier, today)?.name ?? '',
    }
  })

  const today = () => dayOf(clock.now(), offsetMinutes)

  /** Adds the day to an answer from an earlier day, so that it is not taken for a new record. */
  function repeats({ at }: Answer<unknown>): { repeats?: Day } {
    const on = dayOf(at, offsetMinutes)
    return on === today() ? {} : { repeats: on }
  }

  /** Throws `member.unknown` for an unknown phone. An unknown member number is refused when the account is read. */
  async function memberIdOf(member: Cart['member']): Promise<number> {
    const found = 'phone' in member ? await findByPhone(server, member.phone) : Number(member.memberNo)
    if (found === null) throw new Refusal('member.unknown')
    return heirOf(db, found)
  }

  function requireOwn({ storeIds }: PartnerCaller, storeId: number) {
    if (!storeIds.includes(storeId)) throw new Refusal('api-key.other-store')
  }

  async function partnerReceipt(cart: Cart, caller: PartnerCaller): Promise<Receipt> {
    const { storeId, receiptNo, requestId, lines, channel = 'online', payment = null } = cart
    requireOwn(caller, storeId)
    if (!(await readStore(db, storeId))?.open) throw new Refusal('store.closed')
    const memberId = await memberIdOf(cart.member)
    const { couponFen = 0, storedValueFen = 0, offsetPoints = 0, offsetFen } = cart
    const paid = { couponFen, storedValueFen, offsetPoints, channel, payment }
    return {
      memberId,
      storeId,
      receiptNo,
      ...(requestId === undefined ? { on: today() } : { requestId }),
      lines,
      paid,
      shown: { offsetFen },
      actor: actorOf(caller),
    }
  }

  /** Includes sales of a store that has closed since: their goods can still be returned and their points confirmed. */
  async function soldAt(caller: PartnerCaller, storeId: number, receiptNo: string) {
    requireOwn(caller, storeId)
    return requirePurchase(db, storeId, receiptNo)
  }

  const given = async ({
    points,
    balance,
    policyVersion,
    why,
  }: Pick<Recorded, 'points' | 'balance' | 'policyVersion' | 'why'>) => ({
    points,
    balance,
    why: explanationLines(why, (await readPolicy(db, policyVersion))?.document),
  })
}
