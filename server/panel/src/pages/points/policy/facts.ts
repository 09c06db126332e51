import type { Policy } from '@pointbook/shared/contract/points/policy'
import { extrasText, makeUpText, schemeText } from '@pointbook/shared/policy-words/check-in'
import type { Names } from '@pointbook/shared/policy-words/condition'
import {
  basisText,
  multipliersText,
  pendingText,
  returnsText,
  roundingText,
} from '@pointbook/shared/policy-words/earning'
import { extensionText, lifeText, otherLives } from '@pointbook/shared/policy-words/expiry'
import { referralLimitText, stepText, suspicionText } from '@pointbook/shared/policy-words/referral'
import { groupModes, pointsText, ruleText } from '@pointbook/shared/policy-words/rule'
import { benefitText, downgradeText, tierText, windowText } from '@pointbook/shared/policy-words/tiers'
import { ownPurchasesText, spendingNeedsText } from '@pointbook/shared/policy-words/till'
import { offsetText, reminderText } from '@pointbook/shared/policy-words/using'

/** One thing a policy settles, in words. Two policies' facts with the same key speak of the same thing. */
export interface Fact {
  key: string
  area: string
  what: string
  text: string
}

/** Everything a policy settles: two policies that read alike here do the same. */
export function factsOf(policy: Policy, names: Names): Fact[] {
  return [
    { key: 'name', area: '方案', what: '方案名称', text: policy.name },
    ...ruleFacts(policy, names),
    ...within('积分计算', calculation(policy)),
    ...within('签到', checkInFacts(policy)),
    ...within('邀请好友', referralFacts(policy)),
    ...within('有效期与退货', lifeFacts(policy)),
    ...within('积分抵现', offsetFacts(policy)),
    ...within('收银台', tillFacts(policy)),
    ...tierFacts(policy),
    ...within('到期提醒', reminderFacts(policy)),
  ]
}

type Settled = Omit<Fact, 'area'>

const within = (area: string, facts: Settled[]): Fact[] => facts.map((fact) => ({ ...fact, area }))

const whenOn = (on: boolean, text: string) => (on ? text : `未开启：${text}`)

function ruleFacts({ earning }: Policy, names: Names): Fact[] {
  const groupName = (id: string) => earning.groups.find((group) => group.id === id)?.name ?? '（已删除的组）'
  const rules = earning.rules.map((rule) => {
    const group = rule.group ? `（规则组「${groupName(rule.group)}」）` : ''
    const text = `「${rule.name}」${ruleText(rule, names)}${group}`
    return { key: `rule/${rule.id}`, what: '积分规则', text: whenOn(rule.enabled, text) }
  })
  const groups = earning.groups.map(({ id, name, mode }) => {
    const members = earning.rules.filter((rule) => rule.group === id).map((rule) => `「${rule.name}」`)
    return { key: `group/${id}`, what: '规则组', text: `「${name}」${members.join('')}${groupModes[mode]}` }
  })
  return within('积分规则', [...rules, ...groups])
}

const calculation = ({ earning, pending, pointsPerYuan }: Policy): Settled[] => [
  { key: 'basis', what: '计分金额', text: basisText(earning) },
  { key: 'rounding', what: '零头', text: roundingText(earning) },
  { key: 'multipliers', what: '加倍叠加', text: multipliersText(earning) },
  { key: 'pending', what: '到账', text: pendingText(pending) },
  { key: 'worth', what: '积分估值', text: `${pointsText(pointsPerYuan)}约合 1 元` },
]

function checkInFacts({ checkIn }: Policy): Settled[] {
  const text = [schemeText(checkIn.scheme), extrasText(checkIn)].filter(Boolean).join('，')
  return [
    { key: 'check-in', what: '每日签到', text: whenOn(checkIn.enabled, text) },
    { key: 'make-up', what: '漏签', text: makeUpText(checkIn.makeUp) },
  ]
}

function referralFacts({ referral }: Policy): Settled[] {
  const { enabled, inviterPoints, inviteePoints } = referral
  const gifts = `邀请人得 ${pointsText(inviterPoints)}、好友得 ${pointsText(inviteePoints)}`
  return [
    { key: 'referral', what: '邀请奖励', text: whenOn(enabled, `${stepText(referral)}，${gifts}`) },
    { key: 'referral-limit', what: '奖励名额', text: referralLimitText(referral) || '不限' },
    { key: 'suspicious', what: '可疑邀请', text: suspicionText(referral) },
  ]
}

const lifeFacts = ({ expiry, returns }: Policy): Settled[] => [
  { key: 'expiry', what: '积分有效期', text: lifeText(expiry.life) },
  ...otherLives(expiry).map((text, at) => ({ key: `expiry/${at}`, what: '另外', text })),
  { key: 'extension', what: '有效期延长', text: expiry.extension ? extensionText(expiry.extension) : '不延长' },
  { key: 'returns', what: '退货', text: returnsText(returns) },
]

const offsetFacts = ({ offset }: Policy): Settled[] => [
  { key: 'offset', what: '积分抵现', text: offset ? offsetText(offset) : '未开启' },
]

const tillFacts = (policy: Policy): Settled[] => [
  { key: 'till/spending', what: '到店用积分', text: spendingNeedsText(policy) },
  { key: 'till/own', what: '店员自己的消费', text: ownPurchasesText(policy) },
]

function tierFacts({ tiers }: Policy): Fact[] {
  const levels = tiers.levels.map((tier) => {
    const benefits = tier.benefits.length > 0 ? `；${tier.benefits.map(benefitText).join('、')}` : ''
    return { key: `tier/${tier.id}`, what: '等级', text: `「${tier.name}」${tierText(tier, tiers.measure)}${benefits}` }
  })
  return within('会员等级', [
    { key: 'window', what: '升级依据', text: windowText(tiers) },
    { key: 'downgrade', what: '降级', text: downgradeText(tiers) },
    ...levels,
  ])
}

function reminderFacts({ reminder }: Policy): Settled[] {
  const hours = `，${reminder.fromHour} 点至 ${reminder.untilHour} 点发送`
  return [{ key: 'reminder', what: '到期提醒', text: whenOn(reminder.enabled, `${reminderText(reminder)}${hours}`) }]
}
