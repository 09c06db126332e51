import type { Env } from '@pointbook/config/env'
import { dayText, instantText } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { causes } from '@pointbook/shared/words'
import type { Events } from '../../../book/events.ts'
import type { Expiring, Treat } from '../../../core/reminders/reminders.ts'
import { memberNo } from '../../members/directory/words.ts'
import type { OrderState } from '../../spending/mall/store.ts'
import { orderPage } from '../../spending/mall/words.ts'
import { expiryFact } from './store.ts'
import type { Notice } from './tell.ts'

// The keys of a template (`number1`, `thing3`, …) are those of the two templates the shop chose in the WeChat console.

const MALL = '/pages/mall/index'
const COUPONS = '/member/coupons/index'
const LEDGER = '/member/ledger/index'
const READY = '兑换成功，可以取货了'

export function expiryNotice({ memberId, on, points }: Expiring, treat: Treat | null, { wechat }: Env): Notice {
  const advice = treat ? `现在可以兑换「${treat.name}」。` : '别忘了用掉它们。'
  return {
    memberId,
    fact: expiryFact(on),
    kind: 'expiry',
    title: '积分快到期了',
    body: `您有 ${group(points)} 分将在 ${dayText(on)} 到期，当天仍可使用。${advice}`,
    page: MALL,
    push: {
      templateId: wechat.reminderTemplateId,
      data: {
        number1: String(points),
        date2: on,
        thing3: treat?.name ?? '积分商城的商品',
        thing4: '当天仍可使用，别让积分溜走',
      },
    },
  }
}

export const couponNotice = ({ memberId, name, pieces, until, fact }: Events['coupon.given']): Notice => ({
  memberId,
  fact,
  kind: 'gift',
  title: '收到优惠券',
  body: `「${name}」${pieces} 张已放进您的卡券包，${dayText(until)}前可用。`,
  page: COUPONS,
})

export const extendedNotice = ({ memberId, seq, points, expiresOn, reason }: Events['points.extended']): Notice => ({
  memberId,
  fact: `extension/${seq}`,
  kind: 'expiry',
  title: '积分有效期延长了',
  body: `您有 ${group(points)} 分的有效期延长到 ${dayText(expiresOn)}，当天仍可使用。原因：${reason}`,
  page: LEDGER,
})

export function redemptionNotice(
  { memberId, entrySeq, itemName, pickupCode, points }: Events['redemption.made'],
  { wechat }: Env,
): Notice {
  const code = pickupCode.replace(/(.{4})(?=.)/g, '$1 ')
  return {
    memberId,
    fact: `redemption/${entrySeq}`,
    kind: 'redemption',
    title: READY,
    body: `「${itemName}」已为您留好，取货码 ${code}，到店出示即可。本次使用 ${group(points)} 分。`,
    page: orderPage(memberId, entrySeq),
    push: {
      templateId: wechat.pickupTemplateId,
      data: {
        thing1: itemName,
        character_string2: pickupCode,
        number3: String(points),
        thing4: '凭取货码到店领取',
      },
    },
  }
}

type Words = Pick<Notice, 'title' | 'body'>

/**
 * The text of a redemption's message after the order has ended: it can no longer be collected. The message about the cancellation
 * links to the same order and does not change.
 */
export function pickupNow({ title }: Words, order: { itemName: string; state: OrderState } | undefined): Words | null {
  if (title !== READY || !order || order.state === 'waiting') return null
  return order.state === 'cancelled'
    ? { title: '兑换已取消', body: `「${order.itemName}」的兑换已取消，取货码不再有效。` }
    : { title: '已取货', body: `「${order.itemName}」已经取走，期待您再来。` }
}

export const cancellationNotice = ({
  memberId,
  entrySeq,
  points,
  lapsed = 0,
  reason,
}: Events['redemption.cancelled']): Notice => ({
  memberId,
  fact: `cancelled/${entrySeq}`,
  kind: 'redemption',
  title: '兑换已被商家取消',
  body: `${group(points)} 分已退回，到期日不变${lapsed > 0 ? `；其中 ${group(lapsed)} 分已过有效期，随即失效` : ''}。原因：${reason}`,
  page: orderPage(memberId, entrySeq),
})

export const mergedNotice = ({ keptId, doubleId, points }: Events['member.merged']): Notice => ({
  memberId: keptId,
  fact: `merged/${doubleId}`,
  kind: 'standing',
  title: '两份会员档案已合并',
  body: `会员 ${memberNo(doubleId)} 已并入您的账户，${group(points)} 分转入，有效期不变；两份档案的消费和累计积分合在一起计算等级。`,
  page: LEDGER,
})

export const expiredNotice = ({ memberId, points, on }: Events['points.expired']): Notice => ({
  memberId,
  fact: `expire/${on}`,
  kind: 'expired',
  title: '有积分到期了',
  body: `${group(points)} 分已过有效期，自动失效。可在积分明细里查看。`,
  page: `${LEDGER}?filter=expired`,
})

export const actNotice = ({ memberId, seq, trigger, points }: Events['act.rewarded']): Notice => ({
  memberId,
  fact: `act/${seq}`,
  kind: 'gift',
  ...(trigger === 'birthday'
    ? { title: '生日快乐', body: `祝您生日快乐！${group(points)} 分生日礼已到账。` }
    : { title: '积分到账', body: `${causes[trigger]}：${group(points)} 分已到账。` }),
  page: `/member/entry/index?seq=${seq}`,
})

/** On the old WeChat account, where the member can still refuse. */
export const rebindingNotice = (
  { memberId, dueAt, requestId }: Events['rebinding.asked'],
  offsetMinutes: number,
): Notice => ({
  memberId,
  fact: `rebinding/${requestId}`,
  kind: 'standing',
  title: '有新的微信申请换绑',
  body: `有人用您的手机号申请把会员换到另一个微信，${instantText(dueAt, offsetMinutes)} 生效。如果不是您本人，请在首页点「拒绝」。`,
  page: '/pages/home/index',
})

type FriendReward = Events['referral.rewarded' | 'referral.taken-back']

const roundOf = ({ inviteeId, round = 0 }: FriendReward) => (round > 0 ? `${inviteeId}/${round}` : String(inviteeId))

export const rewardedNotice = (reward: FriendReward, friend: string): Notice => ({
  memberId: reward.memberId,
  fact: `referral/${roundOf(reward)}`,
  kind: 'referral',
  title: '邀请奖励到账',
  body: `感谢您邀请「${friend}」，奖励的 ${group(reward.points)} 分已到账。`,
  page: '/member/invite/index',
})

export const takenBackNotice = (reward: FriendReward, friend: string): Notice => ({
  memberId: reward.memberId,
  fact: `referral-return/${roundOf(reward)}`,
  kind: 'referral',
  title: '邀请奖励收回',
  body: `您邀请的「${friend}」退掉了得奖的那笔消费，奖励的 ${group(reward.points)} 分已收回；好友再有符合条件的消费，奖励会重新发放。`,
  page: '/member/invite/index',
})

/** To the one who invited, and to the friend; without a reproach, for it may be an honest mistake. */
export const rewardRefusedNotice = ({ memberId, inviteeId }: Events['referral.refused'], friend: string): Notice => ({
  memberId,
  fact: `referral-refused/${inviteeId}`,
  kind: 'referral',
  title: '邀请奖励未发放',
  body: `${memberId === inviteeId ? '您受邀注册的' : `您邀请「${friend}」的`}奖励经核实不符合邀请规则，没有发放。如有疑问请联系商家。`,
  page: memberId === inviteeId ? LEDGER : '/member/invite/index',
})

export const standingNotice = ({
  memberId,
  standing,
  reason,
  requestId,
}: Events['member.standing-changed']): Notice => {
  const frozen = standing === 'frozen'
  return {
    memberId,
    fact: `standing/${requestId}`,
    kind: 'standing',
    title: frozen ? '账户已冻结' : '账户已恢复',
    body: frozen
      ? `您的积分账户已被冻结，暂时不能获得和使用积分。原因：${reason}。如有疑问请联系商家。`
      : `您的积分账户已恢复正常，可以继续获得和使用积分。说明：${reason}`,
    page: LEDGER,
  }
}
