import { pointsText } from '../quantities.ts'
import { count, days, fen, percent, points, times } from './field.ts'

const gift = points({ label: '给多少分', line: 'rule', before: '得', least: 1, most: 1_000_000 })

const perFen = fen({ label: '每多少元', line: 'rule', least: 1, most: 100_000_00, start: 100_00 })

/** The points of a rule, by the type of the gift. */
export const giftFields = {
  /** `points` for every `perFen` of the amount in scope, parts of it in proportion. */
  rate: { perFen: { ...perFen, before: '每消费', start: 100 }, points: { ...gift, start: 1 } },
  /** `points` for every whole `perFen` of the amount in scope; the remainder gives nothing. */
  step: { perFen: { ...perFen, before: '每满' }, points: { ...gift, start: 10 } },
  /** Points as hundredths of a percent of the amount in yuan: 1 000 gives 10 points for 100 yuan. */
  percent: {
    percentBp: percent({
      label: '金额的百分之几',
      line: 'rule',
      before: '金额的',
      after: '得分',
      most: 1_000_000,
      start: 1_000,
    }),
  },
  'per-unit': { points: { ...gift, before: '每件得', start: 10 } },
  fixed: { points: points({ label: '给多少分', line: 'rule', before: '送', start: 50 }) },
  /** Multiplies what the rules without a multiplier gave on the lines in scope. */
  multiply: { multiplierBp: times({ label: '几倍', line: 'rule', before: '积分', start: 20_000 }) },
  /** The bands have fields of their own. */
  bands: {},
}

/** A multiplier by the purchase's amount: the band with the largest `fromFen` that is reached. */
export const bandFields = {
  fromFen: fen({ label: '单笔满多少元', line: 'rule', before: '单笔满', start: 100_00 }),
  multiplierBp: times({ label: '几倍', line: 'rule', before: '积分', start: 15_000 }),
}

/** Most points a rule gives one member a day, a month and ever, and all members together; null: no limit. */
export const capFields = {
  day: points({
    label: '每位会员每天',
    line: 'rule',
    orNone: '不限',
    width: 138,
    words: (n) => `每天最多 ${pointsText(n)}`,
  }),
  month: points({
    label: '每位会员每月',
    line: 'rule',
    orNone: '不限',
    width: 138,
    words: (n) => `每月最多 ${pointsText(n)}`,
  }),
  member: points({
    label: '每位会员总共',
    line: 'rule',
    orNone: '不限',
    width: 138,
    words: (n) => `每人最多 ${pointsText(n)}`,
  }),
  budget: points({
    label: '所有会员总共',
    line: 'rule',
    orNone: '不限',
    width: 138,
    words: (n) => `总共 ${pointsText(n)}，送完为止`,
  }),
}

/** The numbers of conditions, by the type of the fact. */
export const factFields = {
  'amount-at-least': { amountFen: fen({ label: '单笔金额', line: 'rule' }) },
  'amount-below': { amountFen: fen({ label: '单笔金额', line: 'rule' }) },
  'nth-purchase': { n: count('次', { label: '第几次消费', line: 'rule', least: 1, most: 10_000, width: 100 }) },
  'member-for': { days: days({ label: '入会满几天', line: 'rule', least: 1, most: 36_600, width: 120 }) },
}
