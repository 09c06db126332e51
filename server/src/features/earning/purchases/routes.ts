import type { Api } from '@pointbook/shared/contract/index'
import { seqOf } from '@pointbook/shared/coupons'
import { dayOf } from '@pointbook/shared/day'
import { clerkRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { unnamed } from '../../../core/earning/unnamed.ts'
import { numberCursor, pageOf } from '../../../platform/cursor.ts'
import type { ClerkCaller, Handle } from '../../../platform/http.ts'
import { releaseOf } from '../../../platform/release.ts'
import type { Server } from '../../../server.ts'
import { type FoundBy, openVisitOf } from '../../members/codes/visits.ts'
import { asServed } from '../../members/identities/store.ts'
import { explanationLines, worthTellingAtTill } from '../../points/policy/explanation.ts'
import { policyInForce, readPolicy } from '../../points/policy/store.ts'
import { isWaiting, type Waiting } from '../../shop/approvals/approvable.ts'
import { readApprovalRules } from '../../shop/approvals/rules.ts'
import { requireStore, storeForReturns } from '../../shop/staff/identify.ts'
import { requireCoupons } from '../../spending/coupons/store.ts'
import { purchaseApproval, recordOrAsk } from './approval.ts'
import { couponsPreview } from './coupons.ts'
import { giveBack, previewGiveBack, type Wanted } from './give-back.ts'
import { type Recorded, recordPurchase } from './moves.ts'
import { offsetPreview } from './offset.ts'
import type { Receipt } from './receipt.ts'
import { needsConsent } from './spending.ts'
import { staysTexts } from './stays.ts'
import { readNewestLines, readPurchasesOf, requirePurchase } from './store.ts'
import type { PurchaseRow } from './tables.ts'
import { claimShown, claimView, purchaseView, purchaseViews } from './view.ts'

const RECEIPTS_LOOKED_AT = 1_000
const MOST_UNNAMED = 100
const FIRST_WITH_APPROVALS = 1

export function purchaseRoutes(handle: Handle, server: Server, app: FastifyInstance) {
  const { db, book, clock, offsetMinutes } = server

  handle('POST /clerk/purchases/preview', async ({ input, caller }) => {
    const receipt = await clerkReceipt(input, caller)
    const before = receipt.requestId === undefined ? undefined : await book.made(recordOrAsk, receipt)
    if (before) return sentBefore(before)
    // The figures are checked before the member's consent, because the consent refers to them.
    const { document: policy } = await policyInForce(db, clock.now())
    const because = purchaseApproval.because(receipt, { policy })
    if (because !== null) purchaseApproval.requireWaitable?.(receipt)
    const { foundBy: _, ...unasked } = { ...receipt, ...(because !== null && { approved: true as const }) }
    const outcome = await asServed(db, receipt.memberId, () => book.preview(recordPurchase, unasked))
    const { points, amountFen, balance, expiresOn } = outcome
    const [why, coupons, offset] = await Promise.all([
      inWords(outcome),
      couponsPreview(server, unasked, outcome),
      because === null ? offsetPreview(server, receipt, outcome) : undefined,
    ])
    const consent = needsConsent(receipt, { policy })
    const approval = because === null ? {} : { approval: because }
    return {
      points,
      amountFen,
      coupons,
      offset,
      needsConsent: consent,
      balanceAfter: balance,
      expiresOn,
      why,
      ...approval,
    }
  })

  handle('POST /clerk/purchases', async ({ input, caller, request }) => {
    const receipt = await clerkReceipt(input, caller)
    if (releaseOf(request) < FIRST_WITH_APPROVALS) await requireNoApproval(receipt)
    const made = await asServed(db, receipt.memberId, () => book.make(recordOrAsk, receipt))
    return isWaiting(made) ? made : recordedView(made)
  })

  handle('GET /clerk/purchases/:storeId/:receiptNo', async ({ input: { storeId, receiptNo }, caller }) => {
    await storeForReturns(db, caller, storeId)
    return purchaseView(db, await requirePurchase(db, storeId, receiptNo))
  })

  handle('POST /clerk/returns/preview', async ({ input, caller }) => {
    const [sold, wanted] = await returnOf(input, caller)
    const claim = await previewGiveBack(server, sold, wanted)
    return claimView(claim, await staysTexts(db, sold, input.lines))
  })

  handle('POST /clerk/returns', async ({ input, caller }) => {
    const [sold, wanted] = await returnOf(input, caller)
    return claimView((await giveBack(server, sold, { ...wanted, requestId: input.requestId })).outcome)
  })

  handle('GET /admin/policy/unnamed', async () => {
    const [{ document }, { receipts, lines }] = await Promise.all([
      policyInForce(db, server.clock.now()),
      readNewestLines(db, RECEIPTS_LOOKED_AT),
    ])
    return { receipts, rows: unnamed(document, lines).slice(0, MOST_UNNAMED) }
  })

  handle('GET /me/purchases', async ({ input: { cursor, limit = 20 }, caller: { memberId } }) => {
    const purchaseRows = await readPurchasesOf(db, memberId, numberCursor(cursor), limit + 1)
    const { rows, next } = pageOf(purchaseRows, limit, ({ entrySeq }) => entrySeq)
    const views = await purchaseViews(db, rows)
    return {
      rows: views.map((view, index) => ({
        storeName: view.storeName,
        receiptNo: view.receiptNo,
        amountFen: view.amountFen,
        offset: view.offset,
        points: view.points - view.returnedPoints,
        returnedFen: view.returnedFen,
        at: view.at,
        seq: rows[index]!.entrySeq,
      })),
      next,
    }
  })

  async function clerkReceipt(input: Api['POST /clerk/purchases']['input'], caller: ClerkCaller): Promise<Receipt> {
    const { visit, storeId, receiptNo, requestId, lines } = input
    requireStore(caller, storeId)
    const { memberId, by: foundBy } = openVisitOf(app, visit, caller.memberId)
    if (receiptNo === undefined && requestId === undefined)
      throw new Refusal('input.invalid', { fields: [{ field: 'requestId', text: '必填' }] })
    return {
      memberId,
      foundBy,
      storeId,
      ...(receiptNo !== undefined && { receiptNo }),
      ...(requestId === undefined ? { on: dayOf(clock.now(), offsetMinutes) } : { requestId }),
      lines,
      paid: {
        couponFen: input.couponFen ?? 0,
        storedValueFen: input.storedValueFen ?? 0,
        offsetPoints: input.offsetPoints ?? 0,
        channel: input.channel ?? 'store',
        payment: input.payment ?? null,
      },
      ...(await couponsOf(memberId, foundBy, input.coupons ?? [])),
      shown: { offsetFen: input.offsetFen, couponsFen: input.couponsFen, points: input.points },
      actor: clerkRef(caller.memberId),
      mostFen: (await readApprovalRules(db)).purchaseFen,
    }
  }

  async function couponsOf(memberId: number, foundBy: FoundBy, couponNos: readonly string[]) {
    if (couponNos.length === 0) return {}
    // Whoever only says a number is not there to agree.
    if (foundBy !== 'code') throw new Refusal('coupon.needs-code')
    const seqs = couponNos.map((no) => seqOf(no, memberId))
    if (seqs.includes(null)) throw new Refusal('coupon.unknown')
    return { coupons: await requireCoupons(db, memberId, seqs as number[]) }
  }

  async function returnOf(
    input: Omit<Api['POST /clerk/returns']['input'], 'requestId'>,
    caller: ClerkCaller,
  ): Promise<[PurchaseRow, Omit<Wanted, 'requestId'>]> {
    const { storeId, receiptNo, lines, takenAt: preferred } = input
    const here = await storeForReturns(db, caller, storeId, preferred)
    const wanted = {
      storeId,
      receiptNo,
      lines,
      ...(here === storeId ? {} : { takenAt: here }),
      shown: claimShown(input),
      actor: clerkRef(caller.memberId),
    }
    return [await requirePurchase(db, storeId, receiptNo), wanted]
  }

  /** Throws `client.outdated` for a purchase that has to wait: a mini-program of an older release takes each answer for a receipt. */
  async function requireNoApproval(receipt: Receipt): Promise<void> {
    const { document: policy } = await policyInForce(db, clock.now())
    if (purchaseApproval.because(receipt, { policy }) !== null) throw new Refusal('client.outdated')
  }

  /** A draft whose answer was lost: returns what it became, even if the draft was edited since. */
  async function sentBefore(made: Recorded | Waiting) {
    if (isWaiting(made))
      return { points: 0, amountFen: 0, needsConsent: false, balanceAfter: 0, expiresOn: null, why: [], ...made }
    const recorded = await recordedView(made)
    const { points, amountFen, balance: balanceAfter, expiresOn, why } = recorded
    return { points, amountFen, needsConsent: false, balanceAfter, expiresOn, why, recorded }
  }

  const recordedView = async ({ policyVersion, why, ...recorded }: Recorded) => ({
    ...recorded,
    why: await inWords({ why, policyVersion }),
  })

  const inWords = async ({ why, policyVersion }: Pick<Recorded, 'why' | 'policyVersion'>) =>
    explanationLines(why.filter(worthTellingAtTill), (await readPolicy(db, policyVersion))?.document)
}
