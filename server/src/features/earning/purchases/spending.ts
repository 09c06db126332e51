import { addMs, type Instant } from '@pointbook/shared/day'
import { yuan } from '@pointbook/shared/money'
import { offsetFen } from '@pointbook/shared/offset'
import { Refusal } from '@pointbook/shared/refusals'
import { put, row, save } from '../../../book/changes.ts'
import { type Change, type DecisionContext, move } from '../../../book/move.ts'
import { account } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'
import { activeAccountOf } from '../../points/ledger/moves.ts'
import type { Receipt } from './receipt.ts'
import { type SpendRequest, spendRequests } from './tables.ts'

// A clerk who finds a member by card, phone or number may record purchases. Spending points needs the member code or the member's
// consent.

const ANSWER_MS = 2 * 60_000
const USE_MS = 10 * 60_000

export interface Ask {
  memberId: number
  /** The draft of the purchase that the points are to pay a part of. */
  draftId: string
  clerkId: number
  storeId: number
  points: number
  requestId: string
}

/** Asks the member on their phone whether these points may pay. A later question about the same draft takes the place of this one. */
export const askToSpend = move<Ask, { endsAt: Instant }>('purchases.ask-to-spend', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `ask-to-spend/${requestId}`,
  touches: ({ memberId, draftId }) => [account(memberId), row(spendRequests, memberId, draftId)],
  decide(view, { memberId, draftId, clerkId, storeId, points }, { now, policy }) {
    activeAccountOf(view, memberId)
    if (!policy.offset) throw new Refusal('offset.closed')
    const before = view.get(spendRequests, memberId, draftId)
    if (before?.state === 'used') throw new Refusal('spend-request.over')
    const endsAt = addMs(now, ANSWER_MS)
    const asked: SpendRequest = { memberId, draftId, clerkId, storeId, points, state: 'asked', askedAt: now, endsAt }
    return { changes: [save(spendRequests, before, asked)], outcome: { endsAt } }
  },
})

/** The latest plausible time of an open request. A later one was made with a clock that was ahead and has been set back. */
export const latestAsked = (now: Instant): Instant => addMs(now, ANSWER_MS)

/** Whether the request is still open. */
export const isOpen = ({ askedAt, endsAt }: SpendRequest, now: Instant): boolean =>
  askedAt <= latestAsked(now) && now < endsAt

export interface SpendAnswer {
  memberId: number
  draftId: string
  /** The points that the member saw. */
  points: number
  /** What they were worth. */
  shown?: Shown<'worthFen'>
  accept: boolean
  requestId: string
}

/** The member's answer, in time and to the figure they saw. */
export const answerToSpend = move<SpendAnswer, { state: 'accepted' | 'declined' }>('purchases.answer-to-spend', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `answer-to-spend/${requestId}`,
  same: ({ shown: _, ...answer }) => answer,
  touches: ({ memberId, draftId }) => [account(memberId), row(spendRequests, memberId, draftId)],
  decide(view, { memberId, draftId, points, shown = {}, accept }, { now, policy }) {
    activeAccountOf(view, memberId)
    const asked = view.get(spendRequests, memberId, draftId)
    if (asked?.state !== 'asked' || asked.points !== points || !isOpen(asked, now))
      throw new Refusal('spend-request.over')
    const worthFen = policy.offset ? offsetFen(policy.offset, points) : 0
    if (accept) requireShown('spend-request.changed', shown, { worthFen }, { points, worth: yuan(worthFen) })
    const state = accept ? 'accepted' : 'declined'
    return {
      changes: [put(spendRequests, { ...asked, state, endsAt: addMs(now, USE_MS) })],
      outcome: { state },
    }
  },
})

/** Whether this receipt spends points of a member who has not shown a code. */
export const needsConsent = ({ foundBy, paid }: Receipt, { policy }: Pick<DecisionContext, 'policy'>): boolean => {
  if (paid.offsetPoints === 0 || foundBy === undefined || foundBy === 'code') return false
  return !(foundBy === 'card' && policy.till?.spendingNeeds === 'code-or-card')
}

/** A part that uses the member's consent to the offset points, where it is needed. */
export function consentPart(receipt: Receipt, context: DecisionContext) {
  if (!needsConsent(receipt, context)) return { touches: [], use: (_: View): Change[] => [] }
  const { memberId, storeId, requestId = '', paid } = receipt

  /** Throws `spending.unproved` without a consent. */
  function use(view: View): Change[] {
    const consent = view.get(spendRequests, memberId, requestId)
    const fits =
      consent?.state === 'accepted' &&
      consent.points === paid.offsetPoints &&
      consent.storeId === storeId &&
      isOpen(consent, context.now)
    if (!fits) throw new Refusal('spending.unproved')
    return [put(spendRequests, { ...consent, state: 'used' })]
  }
  return { touches: [row(spendRequests, memberId, requestId)], use }
}
