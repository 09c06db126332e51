import type { EarningRule } from '@pointbook/shared/contract/earning-rule'

const all = { categories: [], brands: [], skus: [] }

const blank: Omit<EarningRule, 'name' | 'gift'> = {
  id: '',
  enabled: true,
  trigger: 'purchase',
  event: '',
  from: null,
  until: null,
  conditions: [],
  scope: { only: all, except: all },
  caps: { day: null, month: null, member: null, budget: null },
  group: '',
}

/** What shops usually begin a rule from. */
export const newRules: Record<string, { label: string; rule: EarningRule }> = {
  rate: {
    label: '按消费金额积分',
    rule: { ...blank, name: '消费积分', gift: { type: 'rate', points: 1, perFen: 100 } },
  },
  unit: { label: '按件数积分', rule: { ...blank, name: '按件积分', gift: { type: 'per-unit', points: 10 } } },
  bands: {
    label: '买得多，积得快',
    rule: {
      ...blank,
      name: '大额加倍',
      gift: {
        type: 'bands',
        bands: [
          { fromFen: 100_00, multiplierBp: 15_000 },
          { fromFen: 200_00, multiplierBp: 20_000 },
        ],
      },
    },
  },
  birthday: {
    label: '生日月加倍',
    rule: {
      ...blank,
      name: '生日月双倍',
      conditions: [{ type: 'birthday', within: 'month' }],
      gift: { type: 'multiply', multiplierBp: 20_000 },
    },
  },
  weekday: {
    label: '会员日加倍',
    rule: {
      ...blank,
      name: '会员日双倍',
      conditions: [{ type: 'weekday', days: [3] }],
      gift: { type: 'multiply', multiplierBp: 20_000 },
    },
  },
  first: {
    label: '首次消费送积分',
    rule: {
      ...blank,
      name: '首单礼',
      conditions: [{ type: 'first-purchase' }],
      gift: { type: 'fixed', points: 50 },
    },
  },
}
