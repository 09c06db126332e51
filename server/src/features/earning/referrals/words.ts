import { addDays, type Day } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { type Doubt, MOST_AN_HOUR } from '../../../core/referrals/doubts.ts'
import type { ReferralRow } from './store.ts'

const doubts: Record<Doubt, { title: string; text: string }> = {
  'same-person': { title: '同一个人', text: '邀请人和好友的会员档案已合并，是同一个人' },
  ring: { title: '互相邀请', text: '好友也直接或间接邀请过邀请人，绕成了一圈' },
  'own-till': { title: '自己收银', text: '邀请人是店员，好友的消费都由邀请人自己记账' },
  rush: { title: '集中注册', text: `一小时内有超过 ${MOST_AN_HOUR} 位好友通过同一位会员注册` },
}

export const doubtView = (doubt: Doubt) => doubts[doubt]

interface Term {
  withinDays: number
  joinedOn: Day
  today: Day
}

/** The state of an invitation, in words for the inviter. */
export function stateText(
  { state, points, doubts }: Pick<ReferralRow, 'state' | 'points' | 'doubts'>,
  term: Term,
): string {
  switch (state) {
    case 'waiting':
      return isOver(term) ? `好友注册后 ${term.withinDays} 天内没有消费，没有奖励` : '好友已注册，首次消费后发放奖励'
    case 'held':
      return '商家正在核实，通过后发放奖励'
    case 'rewarded':
      return points > 0 ? `奖励 ${group(points)} 分已到账` : '邀请成功'
    case 'refused':
      return doubts.length > 0 ? '没有奖励：不符合邀请规则' : '没有奖励：名额已满或账户状态异常'
    case 'taken-back':
      return `好友已退货，${points > 0 ? '奖励已收回' : '没有奖励'}${isOver(term) ? '' : '；再有符合条件的消费会重新发放'}`
  }
}

const isOver = ({ withinDays, joinedOn, today }: Term) => withinDays > 0 && today > addDays(joinedOn, withinDays)
