import { group } from '@pointbook/shared/money'
import { approvable } from '../../shop/approvals/approvable.ts'
import type { ApprovalKind } from '../../shop/approvals/kind.ts'
import { type Adjustment, adjust } from './moves.ts'
import { readAccount } from './store.ts'

const pointsText = (points: number): string => `${points < 0 ? '扣减' : '增加'} ${group(Math.abs(points))} 分`

/** Why an adjustment needs a second person; null when the actor may make it alone. */
export function overLimit({ points, mostPoints = null }: Pick<Adjustment, 'points' | 'mostPoints'>): string | null {
  const isOver = mostPoints !== null && Math.abs(points) > mostPoints
  return isOver ? `一次调整超过 ${group(mostPoints)} 分` : null
}

/** Adjustments above the limit of whoever asks. */
export const adjustmentApproval: ApprovalKind<Adjustment, { seq: number; balance: number }> = {
  kind: 'adjustment',
  move: adjust,
  because: overLimit,
  asked: ({ actor, memberId, points, reason, storeId = null }) => ({
    asker: actor,
    storeId,
    memberId,
    title: `${pointsText(points)}：${reason}`,
  }),
  request: ({ memberId, points, reason, actor, requestId, storeId }) => ({
    ...{ memberId, points, reason, actor, requestId },
    ...(storeId !== undefined && { storeId }),
  }),
  // The day's limit is for what a manager does alone.
  approved: ({ day: _, ...request }, { memberId, byName }) => ({
    ...request,
    memberId: memberId ?? request.memberId,
    approvedBy: byName,
  }),
  figures: ({ points }, { balance }) => ({ points, balance }),
  outcome: ({ seq, balance }) => ({ text: `已调整，余额 ${group(balance)} 分`, seq }),
  async facts({ db }, { memberId, state }, { points, reason }, { balance }) {
    const account = state === 'waiting' && memberId !== null ? await readAccount(db, memberId) : null
    return [
      { label: '调整', value: pointsText(points), before: null },
      { label: '余额', value: `${group(balance ?? 0)} 分`, before: account && `${group(account.balance)} 分` },
      { label: '原因（会员会看到）', value: reason, before: null },
    ]
  },
}

/** Adds or removes points by hand, or asks for a second person. */
export const adjustOrAsk = approvable(adjustmentApproval)
