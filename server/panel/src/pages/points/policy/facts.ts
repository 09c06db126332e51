import type { Policy } from '@pointbook/shared/contract/points/policy'
import { type Line, lines } from '@pointbook/shared/policy-fields/lines'
import { sayAll } from '@pointbook/shared/policy-fields/parts'
import { extrasText, makeUpText, schemeText } from '@pointbook/shared/policy-words/check-in'
import type { Names } from '@pointbook/shared/policy-words/condition'
import { basisText, pendingText, roundingText } from '@pointbook/shared/policy-words/earning'
import { extensionText, lifeText, otherLives } from '@pointbook/shared/policy-words/expiry'
import { referralLimitText, rewardText } from '@pointbook/shared/policy-words/referral'
import { groupModes, ruleText } from '@pointbook/shared/policy-words/rule'
import { benefitText, downgradeText, tierText, windowText } from '@pointbook/shared/policy-words/tiers'
import { offsetText, reminderText } from '@pointbook/shared/policy-words/using'

/** One setting of a policy, in words. Facts of two policies with the same key can be compared. */
export interface Fact {
  key: string
  area: string
  what: string
  text: string
}

/** Everything a policy settles: two policies that read alike here do the same. */
export const factsOf = (policy: Policy, names: Names): Fact[] =>
  (Object.keys(lines) as Line[]).flatMap((line) => {
    const list = lists[line]?.(policy, names)
    const said = list ?? [{ text: lineText(policy, line) }]
    return said.map(({ id, text }) => ({ key: id === undefined ? line : `${line}/${id}`, ...lines[line], text }))
  })

/** What a policy says in one line: a sentence about its fields, else what each of them says by itself. */
export const lineText = (policy: Policy, line: Line): string => sentences[line]?.(policy) ?? sayAll(policy, line)

const whenOn = (on: boolean, text: string) => (on ? text : `未开启：${text}`)

const sentences: Partial<Record<Line, (policy: Policy) => string>> = {
  basis: ({ earning }) => basisText(earning),
  rounding: ({ earning }) => roundingText(earning),
  pending: ({ pending }) => pendingText(pending),
  'check-in': ({ checkIn }) =>
    whenOn(checkIn.enabled, [schemeText(checkIn.scheme), extrasText(checkIn)].filter(Boolean).join('，')),
  'make-up': ({ checkIn }) => makeUpText(checkIn.makeUp),
  referral: ({ referral }) => whenOn(referral.enabled, rewardText(referral)),
  'referral-limit': ({ referral }) => referralLimitText(referral) || '不限',
  expiry: ({ expiry }) => lifeText(expiry.life),
  extension: ({ expiry }) => (expiry.extension ? extensionText(expiry.extension) : '不延长'),
  offset: ({ offset }) => (offset ? offsetText(offset) : '未开启'),
  window: ({ tiers }) => windowText(tiers),
  downgrade: ({ tiers }) => downgradeText(tiers),
  reminder: ({ reminder }) =>
    whenOn(reminder.enabled, `${reminderText(reminder)}，${reminder.fromHour} 点至 ${reminder.untilHour} 点发送`),
}

type Lister = (policy: Policy, names: Names) => { id?: string | number; text: string }[]

/** Lines that a policy has per rule, group, tier or validity by source. */
const lists: Partial<Record<Line, Lister>> = {
  rule: ({ earning }, names) =>
    earning.rules.map((rule) => {
      const group = rule.group ? `（规则组「${groupName(earning, rule.group)}」）` : ''
      return { id: rule.id, text: whenOn(rule.enabled, `「${rule.name}」${ruleText(rule, names)}${group}`) }
    }),
  group: ({ earning }) =>
    earning.groups.map(({ id, name, mode }) => {
      const members = earning.rules.filter((rule) => rule.group === id).map((rule) => `「${rule.name}」`)
      return { id, text: `「${name}」${members.join('')}${groupModes[mode]}` }
    }),
  'other-life': ({ expiry }) => otherLives(expiry).map((text, id) => ({ id, text })),
  tier: ({ tiers }) =>
    tiers.levels.map((tier) => {
      const benefits = tier.benefits.length > 0 ? `；${tier.benefits.map(benefitText).join('、')}` : ''
      return { id: tier.id, text: `「${tier.name}」${tierText(tier, tiers.measure)}${benefits}` }
    }),
}

const groupName = ({ groups }: Policy['earning'], id: string) =>
  groups.find((group) => group.id === id)?.name ?? '（已删除的组）'
