import { dayText } from '@pointbook/shared/day'
import { measureText } from '@pointbook/shared/policy-words/tiers'
import { cut } from '@pointbook/shared/text'
import type { Events } from '../../../book/events.ts'
import type { Notice } from './tell.ts'

const notice = (memberId: number, fact: string, title: string, body: string): Notice => ({
  memberId,
  fact: `tier/${fact}`,
  kind: 'tier',
  title,
  body: cut(body, 300),
  page: '/member/benefits/index',
})

const enjoying = (benefits: readonly string[]): string =>
  benefits.length > 0 ? `，从现在起享有${benefits.join('、')}` : ''

export const upgradedNotice = ({ memberId, on, name, benefits }: Events['tier.upgraded']): Notice =>
  notice(memberId, `up/${on}/${name}`, `恭喜升级为${name}`, `感谢一路相伴，您已升级为${name}${enjoying(benefits)}。`)

export const keptNotice = ({ memberId, on, name }: Events['tier.kept']): Notice =>
  notice(memberId, `kept/${on}`, `${name}已保住`, `您又达到了${name}的条件，等级和权益都继续保留。`)

const verbs = { points: '再得', spend: '再消费', purchases: '再消费' } as const

export const graceNotice = ({ memberId, on, name, until, needed, measure }: Events['tier.grace']): Notice => {
  const more = `${verbs[measure]} ${measureText(measure, needed)}`
  const body = `您的${name}为您保留到 ${dayText(until)}。在那之前${more}，就能继续保留。`
  return notice(memberId, `grace/${on}`, `${name}快到期了`, body)
}

const nowIn = (to: string): string => (to ? `，您现在是${to}` : '')

export const downgradedNotice = ({ memberId, on, from, to }: Events['tier.downgraded']): Notice =>
  notice(
    memberId,
    `down/${on}`,
    '会员等级有变化',
    `${from}的保留期已过${nowIn(to)}。已有的积分不受影响，期待您再次升级。`,
  )

export const grantEndedNotice = ({ memberId, on, from, to }: Events['tier.grant-ended']): Notice =>
  notice(memberId, `grant-ended/${on}`, `${from}已到期`, `${from}的有效期已结束${nowIn(to)}。已有的积分不受影响。`)

export const grantedNotice = ({ memberId, name, until, reason, benefits, fact }: Events['tier.granted']): Notice => {
  const body = `商家为您开通了${name}，有效期到 ${dayText(until)}${enjoying(benefits)}。说明：${reason}`
  return notice(memberId, `granted/${fact}`, `${name}已开通`, body)
}

export const grantTakenNotice = ({ memberId, name, reason, fact }: Events['tier.grant-taken']): Notice =>
  notice(memberId, `grant-taken/${fact}`, `${name}已结束`, `商家开通的${name}已提前结束。说明：${reason}`)
