import { addDays } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { message } from '../../../book/events.ts'
import { move } from '../../../book/move.ts'
import { account, logged, lots, openLots, posted } from '../../../book/tables.ts'
import type { Lot } from '../../../core/assets/posting.ts'
import { redate } from '../../../core/assets/redate.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'
import { accountOf, entryHeader } from './moves.ts'

export interface ExtensionByHand {
  memberId: number
  /** Extends points whose last day is this day or earlier. */
  endingBy: string
  /** Their new last usable day. */
  expiresOn: string
  /** The number of points that the merchant confirmed. */
  shown?: Shown<'points'>
  reason: string
  actor: ActorRef
  requestId: string
}

/** Extends a member's points that would expire soon, as a favour. It never shortens, and expired points stay expired. */
export const extendByHand = move<ExtensionByHand, { points: number }>('points.extend', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `extend/${requestId}`,
  same: ({ shown: _, ...wish }) => wish,
  touches: ({ memberId }) => [account(memberId), openLots(memberId)],
  decide(view, { memberId, endingBy, expiresOn, shown = {}, reason, actor }, context) {
    if (expiresOn < addDays(context.today, 1)) throw new Refusal('extension.too-early')
    const isDue = ({ expiresOn: last }: Lot) =>
      last !== null && last >= context.today && last <= endingBy && last < expiresOn
    const dueLots = view.range(lots, memberId).filter(isDue)
    const points = dueLots.reduce((sum, { remaining }) => sum + remaining, 0)
    requireShown('extension.changed', shown, { points })
    const why = { rule: '@extension', points: 0, because: { type: 'extended-by-hand', reason } } as const
    const header = entryHeader(context, 'extension', '', actor)
    const posting = redate(
      accountOf(view, memberId),
      header,
      dueLots.map((lot) => ({ lot, expiresOn })),
      [why],
    )
    if (!posting) throw new Refusal('extension.nothing')
    const event = message(
      'points.extended',
      { memberId, seq: posting.account.seq, points, expiresOn, reason },
      context.now,
    )
    const text = `${group(points)} 分延期到 ${expiresOn}：${reason}`
    const line = { actor, action: 'points.extend', subject: memberRef(memberId), text } as const
    return { changes: [...posted(posting), event, logged(context.now, line)], outcome: { points } }
  },
})
