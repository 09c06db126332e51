import type { Policy, PolicyFault } from '@pointbook/shared/contract/policy'
import { addDays, type Day, endOfMonth } from '@pointbook/shared/day'
import { lastUsableDay } from './expiry.ts'
import { type Fault, fault, firstTwins } from './faults.ts'
import { earningFaults } from './rule-faults.ts'

/**
 * What the schema cannot see: rules that contradict one another or that nobody can ever meet. Errors forbid publishing,
 * warnings are doubts the merchant may have good reason for.
 */
export const policyFaults = (policy: Policy): PolicyFault[] => [
  ...earningFaults(policy),
  ...lifeFaults(policy),
  ...checkInFaults(policy),
  ...referralFaults(policy),
  ...tierFaults(policy),
  ...reminderFaults(policy),
]

function lifeFaults(policy: Policy): Fault[] {
  const { life } = policy.expiry
  const pendingDays = policy.pending.days
  const stillborn = monthEnds.find((on) => {
    const last = lastUsableDay(policy, on, 'purchase')
    return last !== null && last < addDays(on, pendingDays)
  })
  if (stillborn) {
    const [, month, day] = stillborn.split('-').map(Number)
    const text = `消费积分要 ${pendingDays} 天后才能用，而 ${month} 月 ${day} 日得到的积分那时已经过期`
    return [fault('error', 'pending.days', text)]
  }
  if (life.type === 'month-end' && life.months === 0)
    return [fault('warning', 'expiry.life.months', '月底最后一天得到的积分当天就会过期')]
  if (life.type === 'year-end' && life.years === 0 && life.graceMonths === 0)
    return [fault('warning', 'expiry.life.years', '12 月 31 日得到的积分当天就会过期')]
  return []
}

// Points earned on the last day of a month live shortest, and 2027 has no 29 February to lengthen them.
const monthEnds: Day[] = Array.from({ length: 12 }, (_, month) => endOfMonth('2027-01-01', month))

function checkInFaults({ checkIn }: Policy): Fault[] {
  const { enabled, scheme, extras, cycleDays } = checkIn
  const twins = firstTwins(extras.map((extra) => extra.days))
  const beyond = extras.flatMap((extra, at) => (cycleDays > 0 && extra.days > cycleDays ? [at] : []))
  const nothing =
    enabled && scheme.type === 'fixed' && scheme.points === 0 && extras.every((extra) => extra.points === 0)
  return [
    ...twins.map((at) => fault('error', `checkIn.extras.${at}.days`, '同一天设了两次奖励，请删除一个')),
    ...beyond.map((at) =>
      fault('error', `checkIn.extras.${at}.days`, `每 ${cycleDays} 天就重新计数，永远到不了这一天`),
    ),
    ...(nothing ? [fault('warning', 'checkIn.scheme.points', '签到开着，但一分也不送')] : []),
  ]
}

function referralFaults({ referral }: Policy): Fault[] {
  const { enabled, when, inviterPoints, minimumFen } = referral
  if (!enabled) return []
  return [
    ...(inviterPoints === 0 ? [fault('warning', 'referral.inviterPoints', '邀请人得 0 分，邀请好友不会有奖励')] : []),
    ...(when === 'registration' && minimumFen > 0
      ? [fault('warning', 'referral.minimumFen', '奖励在好友注册时就发放，这个金额不起作用')]
      : []),
  ]
}

function tierFaults({ tiers: { levels } }: Policy): Fault[] {
  const at = (index: number, field: string) => `tiers.levels.${index}.${field}`
  const lowest = levels[0]?.from ?? 0
  const steps = levels.slice(1).map((level, index) => ({ level, index: index + 1, before: levels[index]! }))
  return [
    ...(lowest > 0 ? [fault('warning', at(0, 'from'), `不到 ${lowest} 分的会员没有等级`)] : []),
    ...firstTwins(levels.map((level) => level.id)).map((index) =>
      fault('error', at(index, 'id'), '这个等级和前面一个的编号相同，请删除后重新添加'),
    ),
    ...firstTwins(levels.map((level) => level.name)).map((index) =>
      fault('warning', at(index, 'name'), '有两个等级名称相同，会员会分不清'),
    ),
    ...steps
      .filter(({ level, before }) => level.from <= before.from)
      .map(({ index, before }) => fault('error', at(index, 'from'), `要比「${before.name}」的积分更高`)),
    ...steps
      .filter(({ level, before }) => level.multiplierBp < before.multiplierBp)
      .map(({ index, before }) =>
        fault('warning', at(index, 'multiplierBp'), `等级更高，加速却比「${before.name}」少`),
      ),
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
