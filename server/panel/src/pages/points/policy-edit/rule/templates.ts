import type { Condition, EarningRule, Gift } from '@pointbook/shared/contract/points/earning-rule'

export type Template = Omit<EarningRule, 'id'>

const nothing = { categories: [], brands: [], skus: [] }

const template = (name: string, gift: Gift, changes: Partial<Template> = {}): Template => ({
  name,
  enabled: true,
  trigger: 'purchase',
  event: '',
  from: null,
  until: null,
  conditions: [],
  scope: { only: nothing, except: nothing },
  gift,
  caps: { day: null, month: null, member: null, budget: null },
  group: '',
  ...changes,
})

const fixed = (points: number): Gift => ({ type: 'fixed', points })
const double: Gift = { type: 'multiply', multiplierBp: 20_000 }
const when = (...conditions: Condition[]) => ({ conditions })

const bands: Gift = {
  type: 'bands',
  bands: [
    { fromFen: 100_00, multiplierBp: 15_000 },
    { fromFen: 200_00, multiplierBp: 20_000 },
  ],
}

/** 11 November of this year, or of the next when it is over. */
function singlesDay(today: string) {
  const year = Number(today.slice(0, 4)) + (today.slice(5) > '11-11' ? 1 : 0)
  return { from: `${year}-11-11`, until: `${year}-11-11` }
}

/** The usual templates of rules. */
export const templates = (today: string): { title: string; rules: Template[] }[] => [
  {
    title: '消费就得',
    rules: [
      template('消费积分', { type: 'rate', points: 1, perFen: 1_00 }),
      template('每满送分', { type: 'step', points: 10, perFen: 100_00 }),
      template('按比例积分', { type: 'percent', percentBp: 1_000 }),
      template('按件积分', { type: 'per-unit', points: 10 }),
      template(
        '指定类别加分',
        { type: 'rate', points: 1, perFen: 1_00 },
        {
          scope: { only: { ...nothing, categories: ['示例类别'] }, except: nothing },
        },
      ),
    ],
  },
  {
    title: '加倍',
    rules: [
      template('会员日双倍', double, when({ type: 'weekday', days: [3] })),
      template('每月会员日双倍', double, when({ type: 'month-day', days: [8, 18, 28] })),
      template('双 11 双倍', double, singlesDay(today)),
      template('生日月双倍', double, when({ type: 'birthday', within: 'month' })),
      template('下午时段双倍', double, when({ type: 'hours', fromMinute: 14 * 60, untilMinute: 17 * 60 })),
      template('大额加倍', bands),
    ],
  },
  {
    title: '额外送分',
    rules: [
      template('首单礼', fixed(50), when({ type: 'first-purchase' })),
      template('每第 5 单礼', fixed(30), when({ type: 'nth-purchase', n: 5, every: true })),
      template('单笔满额礼', fixed(50), when({ type: 'amount-at-least', amountFen: 300_00 })),
    ],
  },
  {
    title: '不消费也能得',
    rules: [
      template('注册礼', fixed(50), { trigger: 'registration' }),
      template('完善资料礼', fixed(30), { trigger: 'profile' }),
      template('生日礼', fixed(100), { trigger: 'birthday' }),
      template('评价奖励', fixed(10), {
        trigger: 'review',
        caps: { day: 30, month: null, member: null, budget: null },
      }),
      template('分享带来注册', fixed(10), {
        trigger: 'share',
        caps: { day: null, month: 100, member: null, budget: null },
      }),
      template('活动奖励', fixed(20), { trigger: 'activity' }),
    ],
  },
]
