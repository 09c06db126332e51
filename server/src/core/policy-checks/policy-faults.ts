import type { Policy, PolicyFault } from '@pointbook/shared/contract/points/policy'
import { addDays } from '@pointbook/shared/day'
import { lastUsableDay } from '../ledger/expiry.ts'
import { checkInFaults } from './check-in-faults.ts'
import { type Fault, fault } from './faults.ts'
import { lifeFaults, monthEnds } from './life-faults.ts'
import { earningFaults } from './rule-faults.ts'
import { tierFaults } from './tier-faults.ts'

/**
 * Faults that the schema cannot express: rules that contradict each other or can never apply. Errors forbid publishing; warnings
 * may be intended by the merchant.
 */
export const policyFaults = (policy: Policy): PolicyFault[] => [
  ...earningFaults(policy),
  ...lifeFaults(policy),
  ...returnFaults(policy),
  ...offsetFaults(policy),
  ...checkInFaults(policy),
  ...referralFaults(policy),
  ...tierFaults(policy),
  ...reminderFaults(policy),
]

/** Without debts a member can buy, spend the points and return the goods, again and again. */
function returnFaults({ returns }: Policy): Fault[] {
  const text = '退货时不追回已花掉的积分：会员可以买了再退，把积分留下。请在「异常」里留意'
  return returns === 'clamp' ? [fault('warning', 'returns', text)] : []
}

function offsetFaults({ offset, pointsPerYuan: worth }: Policy): Fault[] {
  if (!offset) return []
  const { pointsPerYuan, minimumPoints, stepPoints } = offset
  const dear = `抵现时 ${pointsPerYuan} 分抵 1 元，估值却是 ${worth} 分约合 1 元，抵出去的比估值多，请核对成本`
  return [
    ...(pointsPerYuan < worth ? [fault('warning', 'offset.pointsPerYuan', dear)] : []),
    ...(minimumPoints % stepPoints === 0
      ? []
      : [fault('error', 'offset.minimumPoints', `要是 ${stepPoints} 分的整数倍，否则用不到正好这么多`)]),
    ...(stepPoints * 100 < pointsPerYuan
      ? [fault('error', 'offset.stepPoints', `${stepPoints} 分抵不到 1 分钱，请加大`)]
      : []),
  ]
}

function referralFaults({ referral }: Policy): Fault[] {
  const { enabled, when, inviterPoints, minimumFen, withinDays, perMonth, perInviter } = referral
  if (!enabled) return []
  const atOnce = '奖励在好友注册时就发放，这一项不起作用'
  return [
    ...(inviterPoints === 0 ? [fault('warning', 'referral.inviterPoints', '邀请人得 0 分，邀请好友不会有奖励')] : []),
    ...(when === 'registration' && minimumFen > 0 ? [fault('warning', 'referral.minimumFen', atOnce)] : []),
    ...(when === 'registration' && withinDays > 0 ? [fault('warning', 'referral.withinDays', atOnce)] : []),
    ...(perInviter > 0 && perMonth > perInviter
      ? [fault('warning', 'referral.perMonth', `总共最多 ${perInviter} 位，每月的名额不起作用`)]
      : []),
  ]
}

function reminderFaults(policy: Policy): Fault[] {
  const { enabled, daysBefore, fromHour, untilHour } = policy.reminder
  if (!enabled) return []
  const soon = monthEnds.some((on) => {
    const last = lastUsableDay(policy, on, 'purchase')
    return last !== null && last <= addDays(on, daysBefore)
  })
  return [
    ...(untilHour <= fromHour ? [fault('error', 'reminder.untilHour', '结束时间要晚于开始时间')] : []),
    ...(soon ? [fault('warning', 'reminder.daysBefore', '有些积分刚得到就会收到到期提醒，请缩短提前的天数')] : []),
  ]
}
