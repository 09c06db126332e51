import { pointsText } from '../quantities.ts'
import { percent, points } from './field.ts'

/** Paying with points. */
export const offsetFields = {
  pointsPerYuan: points({
    label: '多少积分抵 1 元',
    line: 'offset',
    least: 1,
    most: 1_000_000,
    width: 130,
    start: 100,
    words: (value) => `${pointsText(value)}抵 1 元`,
  }),
  minimumPoints: points({
    label: '一次至少用',
    line: 'offset',
    width: 130,
    start: 100,
    words: (value) => (value > 0 ? `至少用 ${pointsText(value)}` : ''),
  }),
  stepPoints: points({
    label: '每次按多少的整数倍',
    line: 'offset',
    least: 1,
    most: 1_000_000,
    width: 130,
    start: 100,
    words: (value) => (value > 1 ? `每次按 ${pointsText(value)}的整数倍使用` : ''),
  }),
  /** So much of what is due may be paid with points: 5 000 keeps the cash at least as much as the offset. */
  maximumShareBp: percent({
    label: '最多抵订单的',
    line: 'offset',
    tooltip: '50% 就是现金至少和积分抵的一样多',
    start: 5_000,
    words: (value) => `最多抵订单的 ${value / 100}%`,
  }),
}
