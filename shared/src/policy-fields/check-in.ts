import { count, days, points, yesNo } from './field.ts'

export const checkInFields = {
  enabled: yesNo({ label: '每日签到', line: 'check-in' }),
  /** The length of a streak's cycle in days; 0: no cycle. */
  cycleDays: days({
    label: '连续天数多久重新计',
    line: 'check-in',
    unit: '天一轮',
    extra: '满这么多天后从第 1 天重新计；填 0 表示一直累计',
    words: (value) => (value > 0 ? `每满 ${value} 天重新开始计` : ''),
  }),
}

/** Points of each day's check-in, by the day of the streak. */
export const schemeFields = {
  fixed: { points: points({ label: '每天多少分', line: 'check-in', width: 120, start: 5 }) },
  /** `from` on the first day, `step` more each day in a row, never above `most`. */
  growing: {
    from: points({ label: '第一天多少分', line: 'check-in', before: '第一天', width: 100, start: 5 }),
    step: points({ label: '每天多几分', line: 'check-in', before: '每天多', width: 100, start: 1 }),
    most: points({ label: '最多多少分', line: 'check-in', before: '最多', width: 100, start: 15 }),
  },
  /** Day by day; after the last it begins again. */
  cycle: {},
}

/** Points of one day of a cycle. */
export const dayField = points({ label: '多少分', line: 'check-in', width: 80 })

/** Paid on the day the streak reaches `days`. */
export const extraFields = {
  days: days({ label: '连续几天', line: 'check-in', before: '连续', least: 2, width: 110 }),
  points: points({ label: '再加多少分', line: 'check-in', before: '再加', width: 110 }),
}

/** Make-up check-ins: the price, the number of days back, and the limit per month. */
export const makeUpFields = {
  price: points({ label: '补签一次花', line: 'make-up', tooltip: '填 0 表示不收积分', start: 20 }),
  daysBack: days({ label: '可以补最近', line: 'make-up', unit: '天以内', least: 1, most: 30, start: 3 }),
  perMonth: count('次', { label: '每月最多补', line: 'make-up', least: 1, most: 31, start: 2 }),
}
