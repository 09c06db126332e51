import type { Policy } from '@pointbook/shared/contract/points/policy'
import { type ExplanationCode, explanationText } from '@pointbook/shared/words'
import type { Explanation } from '../../../core/ledger/points.ts'

const builtIn: Record<string, string> = {
  '@tier': '会员等级加速',
  '@check-in': '每日签到',
  '@streak': '连续签到奖励',
  '@referral': '邀请有礼',
  '@return': '退货扣回',
  '@offset': '积分抵现',
  '@merge': '会员合并',
  '@extension': '积分延期',
  '@confirmation': '积分生效',
  '@unlawful': '违规积分收回',
  '@leaving': '会员注销',
  forfeited: '已失效积分',
  owed: '欠分',
  'let-go': '免追回',
}

/** Reasons that no later purchase of the member can change, such as that of a rule for the first purchase. */
const outOfReach: readonly ExplanationCode['type'][] = ['not-first', 'other-purchase', 'other-group', 'over']

/** The explanations for the member: rules that gave points, and rules that gave none but may do so another time. */
export const worthTelling = ({ points, because }: Explanation): boolean => points !== 0 || !isOutOfReach(because)

/** The explanations for the till: also rules for other members, because customers ask why others got more. */
export const worthTellingAtTill = (why: Explanation): boolean => worthTelling(why) || why.because.type === 'other-group'

const isOutOfReach = (because: ExplanationCode) =>
  outOfReach.includes(because.type) && !(because.type === 'other-purchase' && because.every)

interface ExplanationLine {
  ruleId: string
  name: string
  points: number
  matched: boolean
  text: string
}

/** The explanations as sentences, with the rule names of the policy version that was used. */
export function explanationLines(why: readonly Explanation[], policy: Policy | undefined): ExplanationLine[] {
  return why.map(({ rule, points, because }) => ({
    ruleId: rule,
    name: builtIn[rule] ?? policy?.earning.rules.find((known) => known.id === rule)?.name ?? rule,
    points,
    matched: points !== 0,
    text: explanationText(because),
  }))
}
