import { timesText } from '../quantities.ts'
import { choice, count, days, fen, months, name, points, text, times } from './field.ts'

export const tierFields = {
  /** Points earned, money spent or number of purchases; never the balance, so spending points does not lower a tier. */
  measure: choice(
    { points: '获得的积分', spend: '消费金额', purchases: '消费次数' },
    { label: '按什么升级', line: 'window', look: 'buttons', saysLine: true },
  ),
  /** Counted since January 1st, over the last `rollingMonths` (this month is one of them), or for ever. */
  window: choice(
    { 'calendar-year': '当年 1 月 1 日起', rolling: '最近几个月', lifetime: '累计' },
    { label: '从什么时候算起', line: 'window', look: 'select', width: 156 },
  ),
  rollingMonths: months({
    label: '最近几个月',
    line: 'window',
    most: 36,
    width: 104,
    onlyIf: { window: ['rolling'] },
  }),
  /** A member who no longer reaches the tier is demoted by one, to the tier reached, or never. */
  downgrade: choice(
    { one: '降一级', reached: '降到达到的等级', never: '不降级' },
    { label: '不再达到时', line: 'downgrade', look: 'buttons', saysLine: true, newRow: true },
  ),
  /** The grace period in days, after the tier is no longer reached. */
  graceDays: days({
    label: '先保留多久再降',
    line: 'downgrade',
    width: 110,
    onlyIf: { downgrade: ['one', 'reached'] },
  }),
}

export const levelFields = {
  name: name(12, { label: '等级名称', line: 'tier', width: 130, start: '' }),
  multiplierBp: times({
    label: '消费积分加速',
    line: 'tier',
    start: 10_000,
    words: (value) => (value > 10_000 ? `消费积分 ${timesText(value)}` : ''),
  }),
}

/** The threshold in the unit of the measure: points, fen or purchases. */
export const thresholdFields = {
  points: points({ label: '满多少积分', line: 'tier', width: 140 }),
  spend: fen({ label: '消费满', line: 'tier', width: 150 }),
  purchases: count('次', { label: '消费满几次', line: 'tier', least: 0, most: 1_000_000_000, width: 120 }),
}

export const benefitFields = {
  class: choice(
    { shopping: '购物', service: '服务', 'value-added': '增值' },
    { label: '权益的类别', line: 'tier', look: 'select', width: 78, start: 'shopping' },
  ),
  type: choice(
    {
      discount: '会员折扣',
      'birthday-gift': '生日礼',
      priority: '优先权',
      'free-delivery': '免运费',
      'dedicated-service': '专属服务',
      custom: '其他权益',
    },
    { label: '哪种权益', line: 'tier', look: 'select', width: 108, start: 'custom' },
  ),
  name: name(20, { label: '权益名称', line: 'tier', placeholder: '权益，例如：免费包装', width: 160, start: '' }),
  text: text(100, { label: '权益说明', line: 'tier', placeholder: '说明（可不填）', start: '' }),
}
