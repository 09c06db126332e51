import type { Api } from '@pointbook/shared/contract/index'
import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Day } from '@pointbook/shared/day'
import { extrasText, makeUpText, schemeText } from '@pointbook/shared/policy-words/check-in'
import { memberNames, type Names } from '@pointbook/shared/policy-words/condition'
import {
  basisText,
  birthdayText,
  multipliersText,
  pendingText,
  returnsText,
  roundingText,
} from '@pointbook/shared/policy-words/earning'
import { extensionText, lifeText, otherLives } from '@pointbook/shared/policy-words/expiry'
import {
  referralLimitText,
  referralReturnText,
  referralText,
  suspicionText,
} from '@pointbook/shared/policy-words/referral'
import { rivalsText, ruleText } from '@pointbook/shared/policy-words/rule'
import { benefitNames, downgradeText, tierText, windowText } from '@pointbook/shared/policy-words/tiers'
import { spendingNeedsText } from '@pointbook/shared/policy-words/till'
import { offsetText, reminderText } from '@pointbook/shared/policy-words/using'
import { levelsUp } from '../../../core/tiers/tiers.ts'

export interface Section {
  key: string
  title: string
  lines: { label: string; text: string }[]
}

type Line = Section['lines'][number]

/** The rules as a member reads them. What is switched off or over is left out, and a section without lines too. */
export function ruleSections(policy: Policy, storeName: Names['store'], today: Day): Section[] {
  return [
    { key: 'earn', title: '怎么得积分', lines: earnLines(policy, storeName, today) },
    { key: 'check-in', title: '签到', lines: checkInLines(policy) },
    { key: 'referral', title: '邀请', lines: referralLines(policy) },
    { key: 'tiers', title: '会员等级', lines: tierLines(policy) },
    { key: 'expiry', title: '有效期', lines: expiryLines(policy) },
    { key: 'use', title: '怎么用', lines: useLines(policy) },
    { key: 'returns', title: '退货', lines: returnLines(policy) },
  ].filter(({ lines }) => lines.length > 0)
}

type Offer = Api['GET /rules']['reply']['offers'][number]

/** The offers of a policy that screens may show to members. */
export function offersOf({ earning, checkIn, referral, expiry, reminder }: Policy, today: Day): Offer[] {
  const rewards = ({ enabled, trigger, gift, until }: EarningRule) =>
    enabled && trigger === 'purchase' && gift.type !== 'multiply' && gift.type !== 'bands' && !(until && until < today)
  const has: Record<Offer, boolean> = {
    purchase: earning.rules.some(rewards),
    'check-in': checkIn.enabled,
    streak: checkIn.enabled && checkIn.extras.some(({ points }) => points > 0),
    referral: referral.enabled,
    reminder: reminder.enabled && canEnd(expiry),
  }
  return (Object.keys(has) as Offer[]).filter((offer) => has[offer])
}

const canEnd = ({ life, bySource }: Policy['expiry']) =>
  [life, ...bySource.map((source) => source.life)].some(({ type }) => type !== 'never')

const line = (label: string, text: string): Line => ({ label, text })

/** An optional line. */
const lineOf = (label: string, text: string): Line[] => (text ? [line(label, text)] : [])

const multiplies = ({ gift }: EarningRule) => gift.type === 'multiply' || gift.type === 'bands'

const byAmount = ({ gift }: EarningRule) => gift.type === 'rate' || gift.type === 'step' || gift.type === 'percent'

function earnLines({ earning, pending, tiers, birthdayAtOnce }: Policy, storeName: Names['store'], today: Day): Line[] {
  const tierName = (id: string) => tiers.levels.find((level) => level.id === id)?.name ?? ''
  const names = memberNames({ store: storeName, tier: tierName })
  const rules = earning.rules.filter((rule) => rule.enabled && (rule.until === null || rule.until >= today))
  const text = (rule: EarningRule) =>
    [ruleText(rule, names), rivalsText(rule, { rules, groups: earning.groups })].filter(Boolean).join('，')
  return [
    ...rules.map((rule) => line(rule.name, text(rule))),
    ...lineOf('生日', rules.some(({ trigger }) => trigger === 'birthday') ? birthdayText(birthdayAtOnce) : ''),
    ...lineOf('加倍说明', rules.some(multiplies) ? multipliersText(earning) : ''),
    ...lineOf('哪些金额', rules.some(byAmount) ? basisText(earning) : ''),
    line('到账时间', pendingText(pending)),
    line('零头', roundingText(earning)),
  ]
}

function checkInLines({ checkIn }: Policy): Line[] {
  if (!checkIn.enabled) return []
  const extras = checkIn.extras.some(({ points }) => points > 0) ? extrasText(checkIn) : ''
  return [
    line('每天一次', schemeText(checkIn.scheme)),
    ...lineOf('连续签到', extras),
    line('中断', makeUpText(checkIn.makeUp)),
  ]
}

function referralLines({ referral }: Policy): Line[] {
  if (!referral.enabled) return []
  const terms = [referralReturnText(referral), suspicionText(referral)].filter(Boolean)
  return [
    line('奖励', referralText(referral)),
    ...lineOf('名额', referralLimitText(referral)),
    line('说明', `只转发分享不会得到积分；${terms.join('；')}`),
  ]
}

function tierLines(policy: Policy): Line[] {
  const { tiers } = policy
  const levels = levelsUp(policy)
  if (levels.length === 0) return []
  return [
    line('怎么升级', `${windowText(tiers)}，兑换用掉积分不影响等级`),
    ...levels.map((tier) =>
      line(tier.name, [tierText(tier, tiers.measure), benefitNames(tier)].filter(Boolean).join('；')),
    ),
    line('保级', downgradeText(tiers)),
  ]
}

function expiryLines({ expiry, reminder }: Policy): Line[] {
  const others = otherLives(expiry)
  const ends = canEnd(expiry)
  return [
    line(others.length > 0 ? '一般积分' : '有效期', lifeText(expiry.life)),
    ...others.map((text) => line('另外', text)),
    ...(ends && expiry.extension ? [line('延长', extensionText(expiry.extension))] : []),
    ...(ends ? [line('到期当天', '最后一天仍可使用，过了当天自动失效')] : []),
    ...(ends && reminder.enabled ? [line('到期提醒', reminderText(reminder))] : []),
  ]
}

const useLines = (policy: Policy): Line[] => [
  line('兑换', '在积分商城选择商品和取货门店，凭取货码到店领取'),
  ...(policy.offset ? [line('抵现金', offsetText(policy.offset)), line('到店抵现', spendingNeedsText(policy))] : []),
  line('先用哪些', '总是先用最早到期的积分'),
  line('取消', '取货前可以取消，积分原路退回，有效期不变'),
]

const returnLines = ({ returns, offset }: Policy): Line[] => [
  line('退货', '按退款的比例收回这笔消费得到的积分'),
  ...(offset ? [line('抵现的积分', '按退款的比例退回，有效期不变')] : []),
  line('积分已用掉', returnsText(returns)),
]
