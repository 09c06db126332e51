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
  forfeited: '已失效积分',
  owed: '欠分',
  'let-go': '免追回',
}

/** Reasons that no purchase of this member's can change any more, such as a gift for the first one. */
const outOfReach: readonly ExplanationCode['type'][] = ['not-first', 'other-purchase', 'other-group', 'over']

/** What the member's own screen tells: what gave points, and what gave none but might another time. */
export const worthTelling = ({ points, because }: Explanation): boolean => points !== 0 || !isOutOfReach(because)

/** What the till tells besides: that a rule is for other people. The clerk is asked why somebody got more. */
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

/** What each rule did, as sentences; rule names are those of the policy version that decided. */
export function explanationLines(why: readonly Explanation[], policy: Policy | undefined): ExplanationLine[] {
  return why.map(({ rule, points, because }) => ({
    ruleId: rule,
    name: builtIn[rule] ?? policy?.earning.rules.find((known) => known.id === rule)?.name ?? rule,
    points,
    matched: points !== 0,
    text: explanationText(because),
  }))
}
