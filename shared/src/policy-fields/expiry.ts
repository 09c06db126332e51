import { choice, count, days, fen, months } from './field.ts'

/** When the points of a purchase can be used. */
export const pendingFields = {
  /** After a number of days (0: at once), or after the confirmation and at the latest after a number of days (0: no limit). */
  until: choice(
    { days: '过几天', confirmed: '确认收货后' },
    { label: '消费得到的积分，什么时候可用', line: 'pending', look: 'buttons', saysLine: true },
  ),
  days: days({ label: '几天后', line: 'pending', unit: '天后', extra: '填 0 表示马上可用', most: 90 }),
}

/** The validity of points, counted from the business day of earning. */
export const lifeFields = {
  /** Last day of the month that lies `months` after the month of earning. */
  'month-end': {
    months: months({ label: '几个月内有效', line: 'expiry', unit: '个月后', least: 0, width: 130, start: 12 }),
  },
  months: { months: months({ label: '几个月内有效', line: 'expiry', width: 130, start: 12 }) },
  days: { days: days({ label: '几天内有效', line: 'expiry', least: 1, most: 3_660, width: 130, start: 365 }) },
  /** The last day of the year `years` after the year of earning, plus `graceMonths` months. */
  'year-end': {
    years: count('年后', { label: '几年后到期', line: 'expiry', least: 0, most: 10, width: 110, start: 1 }),
    graceMonths: months({
      label: '再宽限几个月',
      line: 'expiry',
      before: '再宽限',
      least: 0,
      most: 11,
      width: 110,
      start: 0,
    }),
  },
  never: {},
}

/** Activity that extends points. */
export const extensionFields = {
  /** In the last `withinMonths` before a lot ends, activity adds `addMonths` to it. */
  activity: {
    withinMonths: months({ label: '到期前几个月内', line: 'extension', before: '到期前', width: 120, start: 3 }),
    addMonths: months({ label: '延长几个月', line: 'extension', before: '内有活动，延长', width: 120, start: 6 }),
  },
  /** Activity moves all points still valid to `months` after it, never to an earlier day. */
  renewal: {
    months: months({
      label: '延长到几个月后',
      line: 'extension',
      before: '还有效的积分都延长到之后',
      width: 120,
      start: 12,
    }),
  },
}

/** The least amount in money and stored value with which a purchase counts as activity; any purchase when left out. */
export const leastFields = {
  leastFen: fen({
    label: '消费满多少元才算',
    line: 'extension',
    before: '消费满',
    after: '才算，填 0 表示不限',
    missing: 0,
  }),
}

export const returnsFields = {
  /** A return of points already spent: a debt paid by later earnings, or let go and recorded. */
  returns: choice(
    { debt: '记为欠分，以后获得的积分先抵还', clamp: '不再追回，只作记录' },
    {
      label: '退货时，得到的积分已经花掉了怎么办',
      line: 'returns',
      look: 'radios',
      words: {
        debt: '这些积分已经用掉的，记为欠分，由以后获得的积分先抵还',
        clamp: '这些积分已经用掉的，不再追回',
      },
    },
  ),
}
