import { dayText } from './day.ts'
import { group, yuan, yuanText } from './money.ts'

export const entryKinds = {
  earn: '获得',
  spend: '使用',
  expire: '过期',
  return: '扣回',
  'give-back': '退回',
  adjust: '调整',
  repay: '抵还欠分',
  merge: '合并',
  redate: '有效期变更',
} as const

export type EntryKind = keyof typeof entryKinds

/** The cause of an entry; its reference identifies which one. */
export const causes = {
  purchase: '消费',
  return: '退货',
  redemption: '积分兑换',
  cancellation: '取消兑换',
  offset: '积分抵现',
  'offset-return': '抵现积分退回',
  registration: '注册礼',
  profile: '完善资料',
  'check-in': '每日签到',
  'make-up': '补签',
  review: '评价',
  share: '分享带来新会员',
  activity: '参加活动',
  birthday: '生日礼',
  event: '其他奖励',
  'referral-inviter': '邀请好友奖励',
  'referral-invitee': '受邀新人礼',
  'referral-return': '邀请奖励收回',
  expiry: '积分到期',
  adjustment: '人工调整',
  compensation: '补偿',
  unlawful: '违规积分收回',
  'membership-end': '会员资格注销',
  debt: '抵还欠分',
  merge: '会员合并',
  extension: '积分延期',
  confirmation: '积分生效',
} as const

export type Cause = keyof typeof causes

export const orderStates = { waiting: '待取货', 'handed-over': '已取货', cancelled: '已取消' } as const

export const standings = { active: '正常', frozen: '已冻结', cancelled: '已注销' } as const

export const channels = {
  store: '到店',
  'mini-program': '小程序',
  online: '网店',
  delivery: '外卖',
  partner: '合作方',
} as const

export const payments = {
  cash: '现金',
  wechat: '微信',
  alipay: '支付宝',
  card: '银行卡',
  'stored-value': '储值',
  other: '其他方式',
} as const

export const weekdays = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const

/** The totals moved from one member record to the other; `memberId` is the other record. */
interface Merged {
  memberId: number
  earned: number
  spent: number
  expired: number
  purchases: number
  /** The purchases that were not returned completely; absent in older merges. */
  standing?: number
  spendFen: number
}

/**
 * Why a rule gave points or none, as codes and numbers stored with the entry. `explanationText` makes the sentence when it is
 * read, so that a better wording also applies to old entries.
 */
export type ExplanationCode =
  | { type: 'fixed' }
  | { type: 'rate'; points: number; perFen: number; amountFen: number }
  | { type: 'per-unit'; points: number; quantity: number }
  | { type: 'multiply'; multiplierBp: number; basePoints: number }
  | { type: 'tier'; multiplierBp: number; basePoints: number }
  | { type: 'streak'; days: number }
  | { type: 'streak-repaired'; days: number; due: number; paid: number }
  | { type: 'rounded-away'; amountFen: number; perFen: number }
  | { type: 'not-yet'; from: string }
  | { type: 'over'; until: string }
  | { type: 'amount-below'; neededFen: number; amountFen: number }
  | { type: 'amount-above'; limitFen: number; amountFen: number }
  | { type: 'not-first' }
  | { type: 'other-tier' }
  | { type: 'other-store' }
  | { type: 'other-weekday'; days: number[] }
  | { type: 'not-birthday'; within: 'day' | 'week' | 'month' }
  | { type: 'step'; points: number; perFen: number; amountFen: number }
  | { type: 'percent'; percentBp: number; amountFen: number }
  | { type: 'other-purchase'; n: number; every: boolean }
  | { type: 'other-group' }
  | { type: 'no-personal-offers' }
  | { type: 'other-channel' }
  | { type: 'other-payment' }
  | { type: 'other-month-day'; days: number[] }
  | { type: 'other-hours'; fromMinute: number; untilMinute: number }
  | { type: 'member-too-new'; days: number; daysLeft: number }
  | { type: 'none-of-these' }
  | { type: 'excluded' }
  | { type: 'extended-by-activity'; withinMonths: number; addMonths: number }
  | { type: 'extended-by-renewal'; months: number }
  | { type: 'extended-by-hand'; reason: string }
  | { type: 'extension-undone' }
  | { type: 'confirmed' }
  | { type: 'capped'; cap: 'day' | 'month' | 'member' | 'budget'; most: number; wanted: number }
  | { type: 'nothing-in-scope' }
  | { type: 'beaten'; by: string }
  | { type: 'excluded-by'; by: string }
  | { type: 'smaller-multiplier' }
  | { type: 'no-base' }
  | { type: 'streak-short'; days: number; daysLeft: number }
  | { type: 'proportion'; amountFen: number; ofFen: number; given: number }
  | { type: 'offset'; points: number; fen: number }
  | { type: 'friend-returned' }
  | { type: 'unlawful'; seq: number }
  | { type: 'forfeited'; points: number }
  | { type: 'owed'; points: number }
  | { type: 'let-go'; points: number }
  | { type: 'left' }
  | ({ type: 'merged-from' | 'merged-into' } & Merged)

const times = (multiplierBp: number) => `×${multiplierBp / 10_000}`

const yuanShort = (amountFen: number) => yuan(amountFen).replace(/\.00$/, '')

/** Minutes since midnight as `9:05`. */
export const clock = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`

const capNames = { day: '每天', month: '每月', member: '每位会员', budget: '本次活动' } as const

function capText({ cap, most, wanted }: Extract<ExplanationCode, { type: 'capped' }>): string {
  return `本可得 ${group(wanted)} 分，${capNames[cap]}最多 ${group(most)} 分`
}

export function explanationText(because: ExplanationCode): string {
  switch (because.type) {
    case 'fixed':
      return '固定奖励'
    case 'rate':
      return `消费 ${yuan(because.amountFen)} 元，每 ${yuanShort(because.perFen)} 元得 ${because.points} 分`
    case 'per-unit':
      return `共 ${because.quantity} 件，每件得 ${because.points} 分`
    case 'multiply':
      return `在 ${group(because.basePoints)} 分基础上${times(because.multiplierBp)}`
    case 'tier':
      return `会员等级加速，在 ${group(because.basePoints)} 分基础上${times(because.multiplierBp)}`
    case 'streak':
      return `已连续签到 ${because.days} 天`
    case 'streak-repaired':
      return `补签后连续 ${because.days} 天，连签奖励共 ${group(because.due)} 分，此前已得 ${group(because.paid)} 分`
    case 'rounded-away':
      return `消费 ${yuan(because.amountFen)} 元，不足 ${yuanShort(because.perFen)} 元`
    case 'not-yet':
      return `活动 ${dayText(because.from)} 开始`
    case 'over':
      return `活动已于 ${dayText(because.until)} 结束`
    case 'amount-below':
      return `需满 ${yuan(because.neededFen)} 元，本单 ${yuan(because.amountFen)} 元`
    case 'amount-above':
      return `仅限 ${yuan(because.limitFen)} 元以下，本单 ${yuan(because.amountFen)} 元`
    case 'not-first':
      return '仅限首次消费'
    case 'other-tier':
      return '当前会员等级不参与'
    case 'other-store':
      return '本门店不参与'
    case 'other-weekday':
      return `仅限${because.days.map((day) => weekdays[day]).join('、')}`
    case 'not-birthday':
      return { day: '仅限生日当天', week: '仅限生日前后三天', month: '仅限生日当月' }[because.within]
    case 'step':
      return `消费 ${yuan(because.amountFen)} 元，每满 ${yuanShort(because.perFen)} 元得 ${because.points} 分`
    case 'percent':
      return `消费 ${yuan(because.amountFen)} 元，按 ${because.percentBp / 100}% 得分`
    case 'other-purchase':
      return because.every ? `每第 ${because.n} 次消费可得` : `仅限第 ${because.n} 次消费`
    case 'other-group':
      return '仅限指定会员'
    case 'no-personal-offers':
      return '您关闭了个性化优惠，这一项不发'
    case 'other-channel':
      return '本购买渠道不参与'
    case 'other-payment':
      return '本支付方式不参与'
    case 'other-month-day':
      return `仅限每月 ${because.days.join('、')} 日`
    case 'other-hours':
      return `仅限 ${clock(because.fromMinute)}–${clock(because.untilMinute)}`
    case 'member-too-new':
      return `入会满 ${because.days} 天后可得，还差 ${because.daysLeft} 天`
    case 'none-of-these':
      return '几个条件都不符合'
    case 'extended-by-activity':
      return `到期前 ${because.withinMonths} 个月内有新的消费或活动，有效期延长 ${because.addMonths} 个月`
    case 'extended-by-renewal':
      return `有新的消费或活动，全部积分的有效期延到 ${because.months} 个月后`
    case 'extension-undone':
      return '延长有效期的那笔消费已退货，到期日恢复原来的日期'
    case 'extended-by-hand':
      return because.reason
    case 'confirmed':
      return '交易已确认，积分可以使用'
    case 'excluded':
      return '属于不参与的情况'
    case 'capped':
      return capText(because)
    case 'nothing-in-scope':
      return '本单没有参与的商品'
    case 'beaten':
      return `与「${because.by}」不同享，已按积分更多的计算`
    case 'excluded-by':
      return `与「${because.by}」不同享，已按排在前面的计算`
    case 'smaller-multiplier':
      return '多个加倍只取最高的一个'
    case 'no-base':
      return '没有可以加倍的积分'
    case 'streak-short':
      return `连续签到满 ${because.days} 天可得，还差 ${because.daysLeft} 天`
    case 'proportion':
      return `退款 ${yuan(because.amountFen)} 元，原单 ${yuan(because.ofFen)} 元获得 ${group(because.given)} 分，按比例收回`
    case 'offset':
      return `用 ${group(because.points)} 分抵 ${yuanText(because.fen)}`
    case 'friend-returned':
      return '带来这份奖励的消费已经退货'
    case 'unlawful':
      return `经核实，第 ${because.seq} 笔积分的获得不符合规则`
    case 'forfeited':
      return `其中 ${group(because.points)} 分已到期失效，不再重复扣除`
    case 'owed':
      return `可用积分不够，${group(because.points)} 分记为欠分，以后获得的积分会先抵还`
    case 'let-go':
      return `可用积分不够，${group(because.points)} 分不再追回`
    case 'left':
      return '会员申请注销，等待期满，剩余积分全部失效'
    case 'merged-from':
      return `并入会员 ${because.memberId} 的档案：累计获得 ${group(because.earned)} 分、消费 ${because.standing ?? because.purchases} 次一并计入`
    case 'merged-into':
      return `档案已并入会员 ${because.memberId}，积分、有效期和累计都转了过去`
  }
}
