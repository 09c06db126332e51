import type { Api } from '@pointbook/shared/contract/index'
import { call } from './call'
import { sharedAnswer, useShared } from './shared-answer'

type Rules = Api['GET /rules']['reply']
export type Offer = Rules['offers'][number]

const rules = sharedAnswer(() => call('GET /rules'))

/** The policy in force and its offers: a screen promises nothing else, and nothing before they are loaded. */
export function useRules() {
  const loaded = useShared(rules)
  return { loaded, offers: loaded.data?.offers ?? [] }
}

const ways = { purchase: '消费', 'check-in': '签到', referral: '邀请好友' } as const

/** `消费、签到都能攒积分`; '' while no way to earn is known. */
export function waysText(offers: readonly Offer[]): string {
  const known = (['purchase', 'check-in', 'referral'] as const).filter((way) => offers.includes(way))
  const words = known.map((way) => ways[way]).join('、')
  return words && `${words}${known.length > 1 ? '都能' : '就能'}攒积分`
}
