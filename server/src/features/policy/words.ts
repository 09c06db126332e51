import type { Life, Policy } from '@pointbook/shared/contract/policy'
import type { Day } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { levelsUp } from '../../core/tiers.ts'
import { type Names, ruleText, timesText, yuanText } from './rule-words.ts'

export interface Section {
  key: string
  title: string
  lines: { label: string; text: string }[]
}

type Line = Section['lines'][number]

/** The rules as a member reads them. What is switched off or over is left out, and a section without lines too. */
export function ruleSections(policy: Policy, storeName: Names['store'], today: Day): Section[] {
  const names = { store: storeName, tier: tierNames(policy) }
  return [
    { key: 'earn', title: '怎么得积分', lines: earnLines(policy, names, today) },
    { key: 'check-in', title: '签到', lines: checkInLines(policy) },
    { key: 'referral', title: '邀请', lines: referralLines(policy) },
    { key: 'tiers', title: '会员等级', lines: tierLines(policy) },
    { key: 'expiry', title: '有效期', lines: expiryLines(policy) },
    { key: 'use', title: '怎么用', lines: useLines },
    { key: 'returns', title: '退货', lines: returnLines(policy) },
  ].filter(({ lines }) => lines.length > 0)
}

const line = (label: string, text: string): Line => ({ label, text })

const tierNames = (policy: Policy) => (id: string) => policy.tiers.levels.find((level) => level.id === id)?.name ?? ''

function earnLines({ earning, pending }: Policy, names: Names, today: Day): Line[] {
  const { rules, rounding, multipliers } = earning
  const open = rules.filter((rule) => rule.enabled && (rule.until === null || rule.until >= today))
  const multiplying = open.filter(({ gift }) => gift.type === 'multiply' || gift.type === 'bands')
  const fractions = { down: '舍去', nearest: '四舍五入', up: '按 1 分计' }[rounding]
  const stacking = { best: '同时符合几项加倍时，只按最高的一项计算', multiply: '同时符合几项加倍时，依次相乘' }
  return [
    ...open.map((rule) => line(rule.name, ruleText(rule, open, names))),
    ...(multiplying.length > 0 ? [line('加倍说明', stacking[multipliers])] : []),
    line('到账时间', pending.days > 0 ? `消费后 ${pending.days} 天可用` : '消费后马上到账，马上可用'),
    line('零头', `每项规则算出的积分不足 1 分的部分${fractions}`),
  ]
}

function schemeText(scheme: Policy['checkIn']['scheme']): string {
  switch (scheme.type) {
    case 'fixed':
      return `签到得 ${group(scheme.points)} 分`
    case 'growing':
      return `签到得 ${group(scheme.from)} 分，连续签到每天多 ${group(scheme.step)} 分，最多 ${group(scheme.most)} 分`
    case 'cycle':
      return `每 ${scheme.days.length} 天一轮，依次得 ${scheme.days.join('、')} 分`
  }
}

function checkInLines({ checkIn }: Policy): Line[] {
  const { enabled, scheme, extras, cycleDays } = checkIn
  if (!enabled) return []
  const steps = extras
    .filter((extra) => extra.points > 0)
    .toSorted((a, b) => a.days - b.days)
    .map((extra) => `连续 ${extra.days} 天再送 ${group(extra.points)} 分`)
  const cycle = cycleDays > 0 ? `，每满 ${cycleDays} 天重新开始计` : ''
  return [
    line('每天一次', schemeText(scheme)),
    ...(steps.length > 0 ? [line('连续签到', `${steps.join('，')}${cycle}`)] : []),
    line('中断', '漏签一天，连续天数从头开始计'),
  ]
}

/** What an invitation gives and when, as one sentence; WeChat asks for the steps and the exact reward. */
export function referralText({ referral }: Policy): string {
  const { enabled, when, inviterPoints, inviteePoints, minimumFen } = referral
  if (!enabled) return '邀请有礼活动暂未开放'
  const minimum = minimumFen > 0 ? `满 ${yuanText(minimumFen)}` : ''
  const step = when === 'registration' ? '好友通过您的邀请注册会员后' : `好友通过您的邀请注册并完成首次消费${minimum}后`
  const gifts = [
    ...(inviterPoints > 0 ? [`您得 ${group(inviterPoints)} 分`] : []),
    ...(inviteePoints > 0 ? [`好友得 ${group(inviteePoints)} 分`] : []),
  ]
  return `${step}，${gifts.join('，') || '感谢您的推荐'}`
}

function referralLines(policy: Policy): Line[] {
  const { enabled, when, perMonth } = policy.referral
  if (!enabled) return []
  const back = '这笔消费退货后，邀请奖励会收回'
  return [
    line('奖励', referralText(policy)),
    ...(perMonth > 0 ? [line('名额', `每月最多奖励 ${perMonth} 位好友`)] : []),
    line('说明', `只转发分享不会得到积分${when === 'purchase' ? `；${back}` : ''}`),
  ]
}

const windowTexts = {
  rolling: '最近一段时间获得的积分',
  'calendar-year': '当年 1 月 1 日起获得的积分',
  lifetime: '累计获得的全部积分',
} as const

function tierLines(policy: Policy): Line[] {
  const levels = levelsUp(policy)
  if (levels.length === 0) return []
  return [
    line('怎么升级', `按${windowTexts[policy.tiers.window]}计算，兑换用掉积分不影响等级`),
    ...levels.map(({ name, from, multiplierBp, benefits }) => {
      const reach = from > 0 ? `满 ${group(from)} 分` : '注册即是'
      const faster = multiplierBp > 10_000 ? [`消费积分 ${timesText(multiplierBp)}`] : []
      const rights = benefits.length > 0 ? [`享${benefits.map((benefit) => benefit.name).join('、')}`] : []
      return line(name, [reach, ...faster, ...rights].join('，'))
    }),
  ]
}

function lifeText(life: Life): string {
  switch (life.type) {
    case 'never':
      return '积分永久有效'
    case 'days':
      return `每笔积分自获得起 ${life.days} 天内有效`
    case 'months':
      return `每笔积分自获得起 ${life.months} 个月内有效`
    case 'month-end':
      return life.months === 0 ? '积分到获得当月的最后一天有效' : `积分到获得后第 ${life.months} 个月的最后一天有效`
    case 'year-end':
      return life.years === 0 ? '积分到获得当年的 12 月 31 日有效' : `积分到获得后第 ${life.years} 年的 12 月 31 日有效`
  }
}

function expiryLines({ expiry, reminder }: Policy): Line[] {
  if (expiry.life.type === 'never') return [line('有效期', lifeText(expiry.life))]
  return [
    line('有效期', lifeText(expiry.life)),
    line('到期当天', '最后一天仍可使用，过了当天自动失效'),
    ...(reminder.enabled ? [line('到期提醒', `到期前 ${reminder.daysBefore} 天提醒您`)] : []),
  ]
}

const useLines: Line[] = [
  line('兑换', '在积分商城选择商品和取货门店，凭取货码到店领取'),
  line('先用哪些', '总是先用最早到期的积分'),
  line('取消', '取货前可以取消，积分原路退回，有效期不变'),
]

function returnLines({ returns }: Policy): Line[] {
  const spent = {
    debt: '这些积分已经用掉的，记为欠分，由以后获得的积分先抵还',
    clamp: '这些积分已经用掉的，不再追回',
  }
  return [line('退货', '按退款的比例收回这笔消费得到的积分'), line('积分已用掉', spent[returns])]
}
