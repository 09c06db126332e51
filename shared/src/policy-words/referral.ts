import type { Policy } from '../contract/points/policy.ts'
import { yuanText } from '../money.ts'
import { say } from '../policy-fields/field.ts'
import { referralFields } from '../policy-fields/referral.ts'
import { pointsText } from '../quantities.ts'

type Referral = Policy['referral']

/** The rewards of an invitation and their condition, as one sentence. WeChat requires the steps and the exact reward. */
export function referralText(referral: Referral): string {
  const { enabled, inviterPoints, inviteePoints } = referral
  if (!enabled) return '邀请有礼活动暂未开放'
  const gifts = [
    inviterPoints > 0 && `您得 ${pointsText(inviterPoints)}`,
    inviteePoints > 0 && `好友得 ${pointsText(inviteePoints)}`,
  ].filter(Boolean)
  const sentence = `${stepText(referral)}，${gifts.join('，') || '感谢您的推荐'}`
  return say(referralFields, referral, 'referral', sentence)
}

/** The same for the merchant, with what each of the two gets. */
export function rewardText(referral: Referral): string {
  const gifts = `邀请人得 ${pointsText(referral.inviterPoints)}、好友得 ${pointsText(referral.inviteePoints)}`
  return say(referralFields, referral, 'referral', `${stepText(referral)}，${gifts}`)
}

function stepText({ when, minimumFen, withinDays }: Pick<Referral, 'when' | 'minimumFen' | 'withinDays'>): string {
  if (when === 'registration') return '好友通过您的邀请注册会员后'
  const soon = withinDays > 0 ? `在 ${withinDays} 天内` : ''
  if (minimumFen === 0) return `好友通过您的邀请注册并${soon}完成首次消费后`
  return `好友通过您的邀请注册并${soon}首次单笔消费满 ${yuanText(minimumFen)}后`
}

/** The effect of a return on the reward; '' when the registration alone earns it. */
export const referralReturnText = ({ when }: Pick<Referral, 'when'>): string =>
  when === 'purchase' ? '好友退掉得奖的那笔消费，奖励会收回，再有符合条件的消费会重新发放' : ''

/** The limit of rewarded friends; '' for none. */
export const referralLimitText = (referral: Pick<Referral, 'perMonth' | 'perInviter'>): string =>
  say(referralFields, referral, 'referral-limit')

/** The treatment of suspicious invitations. */
export const suspicionText = (referral: Pick<Referral, 'suspicious'>): string =>
  say(referralFields, referral, 'suspicious')
