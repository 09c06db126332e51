import { pointsText } from '../quantities.ts'
import { days, hour, points, yesNo } from './field.ts'

export const reminderFields = {
  enabled: yesNo({ label: '到期提醒', line: 'reminder' }),
  daysBefore: days({
    label: '提前',
    line: 'reminder',
    least: 1,
    most: 60,
    width: 110,
    words: (value) => `到期前 ${value} 天提醒`,
  }),
  minimumPoints: points({
    label: '至少到期多少才提醒',
    line: 'reminder',
    words: (value) => (value > 0 ? `满 ${pointsText(value)}才提醒` : ''),
  }),
  /** No message before or from this hour at the shop, 0–24. */
  fromHour: hour({ label: '发送时段，从', line: 'reminder', most: 23 }),
  untilHour: hour({ label: '到', line: 'reminder', least: 1 }),
}

export const worthFields = {
  /** The worth of points for the liability page: points per yuan. */
  pointsPerYuan: points({
    label: '多少积分约合 ¥1',
    line: 'worth',
    extra: '用来估算会员手中积分的价值，不影响兑换和抵现',
    least: 1,
    most: 1_000_000,
    words: (value) => `${pointsText(value)}约合 1 元`,
  }),
}
