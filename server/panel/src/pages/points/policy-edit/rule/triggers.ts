import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'

/** The triggers as the merchant chooses them, with notes. */
export const triggers: Record<Trigger, { label: string; hint: string }> = {
  purchase: { label: '消费', hint: '店员记账或收银系统传来一笔消费时' },
  registration: { label: '注册会员', hint: '会员注册成功时，一次' },
  profile: { label: '完善资料', hint: '会员把资料填写完整时，一次' },
  'check-in': { label: '签到', hint: '会员每天签到时，在签到积分之外再给' },
  referral: { label: '邀请成功', hint: '邀请的好友达到「邀请好友」里的条件时，在邀请奖励之外再给邀请人' },
  review: { label: '发表评价', hint: '您在会员档案里记一次评价，或其他系统通过开放接口报来时；小程序里不能评价' },
  share: { label: '分享带来注册', hint: '有人通过会员分享的链接注册时；只是分享不给分，微信不允许' },
  activity: { label: '参加活动', hint: '您在会员档案里记一次参加，或其他系统通过开放接口报来时' },
  birthday: { label: '会员生日', hint: '会员生日当天自动给' },
  event: { label: '其他系统通知的行为', hint: '您的其他系统通过开放接口报告一个行为时' },
}

export const triggerOptions = (Object.entries(triggers) as [Trigger, { label: string }][]).map(
  ([value, { label }]) => ({ value, label }),
)
