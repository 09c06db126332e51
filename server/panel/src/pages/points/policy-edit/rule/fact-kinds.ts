import type { Condition, Fact, Trigger } from '@pointbook/shared/contract/points/earning-rule'

type Joined = 'all' | 'any' | 'not'

interface Kind {
  label: string
  start: Fact
  /** Only a purchase has it. */
  purchase?: true
}

export const factKinds: Record<Fact['type'], Kind> = {
  'amount-at-least': { label: '单笔金额满', start: { type: 'amount-at-least', amountFen: 100_00 } },
  'amount-below': { label: '单笔金额不到', start: { type: 'amount-below', amountFen: 100_00 } },
  'first-purchase': { label: '会员的首次消费', start: { type: 'first-purchase' }, purchase: true },
  'nth-purchase': { label: '会员的第几次消费', start: { type: 'nth-purchase', n: 5, every: false }, purchase: true },
  store: { label: '门店', start: { type: 'store', storeIds: [] }, purchase: true },
  channel: { label: '购买渠道', start: { type: 'channel', channels: [] }, purchase: true },
  payment: { label: '支付方式', start: { type: 'payment', methods: [] }, purchase: true },
  tier: { label: '会员等级', start: { type: 'tier', tierIds: [] } },
  tag: { label: '会员标签', start: { type: 'tag', tags: [] } },
  birthday: { label: '会员生日', start: { type: 'birthday', within: 'month' } },
  'member-for': { label: '入会满', start: { type: 'member-for', days: 30 } },
  weekday: { label: '每周的', start: { type: 'weekday', days: [] } },
  'month-day': { label: '每月的', start: { type: 'month-day', days: [] } },
  hours: { label: '每天的时段', start: { type: 'hours', fromMinute: 14 * 60, untilMinute: 17 * 60 } },
  dates: { label: '日期在', start: { type: 'dates', from: '', until: '' } },
}

export const joinedKinds: Record<Joined, { label: string; hint: string }> = {
  any: { label: '满足任一', hint: '满足任一：有一个成立就算' },
  all: { label: '满足全部', hint: '满足全部：全都成立才算' },
  not: { label: '不满足', hint: '不满足：反过来，不成立才算' },
}

/** An empty beginning of each; its gaps keep it from being saved until they are filled. */
export const joinedStart = (type: Joined): Condition =>
  (type === 'not' ? { type, of: null } : { type, of: [] }) as unknown as Condition

export const isJoined = (type: string): type is Joined => type in joinedKinds

const areas: { label: string; types: Fact['type'][] }[] = [
  { label: '这一单', types: ['amount-at-least', 'amount-below', 'store', 'channel', 'payment'] },
  { label: '这位会员', types: ['first-purchase', 'nth-purchase', 'tier', 'tag', 'birthday', 'member-for'] },
  { label: '时间', types: ['weekday', 'month-day', 'hours', 'dates'] },
]

const amounts = ['amount-at-least', 'amount-below']

/** The facts that a trigger has, as a menu: an act has no store, and only an event of the open API may have an amount. */
export function factMenu(trigger: Trigger, joins: boolean) {
  const fits = (type: Fact['type']) =>
    trigger === 'purchase' || (!factKinds[type].purchase && (trigger === 'event' || !amounts.includes(type)))
  const groups = areas
    .map(({ label, types }) => ({
      key: label,
      type: 'group' as const,
      label,
      children: types.filter(fits).map((type) => ({ key: type, label: factKinds[type].label })),
    }))
    .filter(({ children }) => children.length > 0)
  const combined = Object.entries(joinedKinds).map(([key, { hint }]) => ({ key, label: hint }))
  return joins ? [...groups, { key: '组合', type: 'group' as const, label: '组合', children: combined }] : groups
}
