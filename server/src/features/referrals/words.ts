import { group } from '@pointbook/shared/money'
import type { ReferralRow } from './store.ts'

/** What became of an invitation, for the one who invited. */
export function stateText(state: ReferralRow['state'], points: number): string {
  switch (state) {
    case 'waiting':
      return '好友已注册，首次消费后发放奖励'
    case 'rewarded':
      return points > 0 ? `奖励 ${group(points)} 分已到账` : '邀请成功'
    case 'refused':
      return '没有奖励：当月名额已满或账户状态异常'
    case 'taken-back':
      return '好友已退货，奖励已收回'
  }
}
