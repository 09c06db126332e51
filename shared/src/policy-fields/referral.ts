import { choice, count, days, fen, points, yesNo } from './field.ts'

export const referralFields = {
  enabled: yesNo({ label: '邀请奖励', line: 'referral' }),
  /** The friend's registration, or the friend's first purchase that reaches `minimumFen` within `withinDays`. */
  when: choice(
    { registration: '好友注册时', purchase: '好友首次消费后' },
    { label: '什么时候发奖励', line: 'referral', look: 'buttons' },
  ),
  /** Smallest purchase that counts, fen. */
  minimumFen: fen({
    label: '首次消费至少',
    line: 'referral',
    extra: '填 0 表示多少都算',
    width: 130,
    onlyIf: { when: ['purchase'] },
  }),
  /** Days after registration in which the purchase counts; 0: no limit. */
  withinDays: days({
    label: '注册后多久内消费才算',
    line: 'referral',
    unit: '天内',
    extra: '填 0 表示不限',
    onlyIf: { when: ['purchase'] },
  }),
  inviterPoints: points({ label: '邀请人得', line: 'referral', width: 130, newRow: true }),
  inviteePoints: points({ label: '好友得', line: 'referral', width: 130 }),
  /** Rewarded friends a month and ever; 0: no limit. */
  perMonth: count('位好友', {
    label: '每人每月最多奖励',
    line: 'referral-limit',
    extra: '填 0 表示不限',
    least: 0,
    most: 10_000,
    width: 130,
    words: (value) => (value > 0 ? `每月最多 ${value} 位` : ''),
  }),
  perInviter: count('位好友', {
    label: '每人总共最多奖励',
    line: 'referral-limit',
    extra: '填 0 表示不限',
    least: 0,
    most: 100_000,
    width: 130,
    words: (value) => (value > 0 ? `总共最多 ${value} 位` : ''),
  }),
  /** The treatment of rewards for suspicious invitations: refused, or held until the merchant decides. */
  suspicious: choice(
    { hold: '先不发，由您核实后决定', refuse: '直接不发' },
    {
      label: '看起来像自己邀请自己的',
      line: 'suspicious',
      extra: '例如互相邀请、像同一个人、店员在自己的收银台、短时间内太多人',
      look: 'radios',
      newRow: true,
      words: { hold: '疑似自己邀请自己的，核实后再发放', refuse: '疑似自己邀请自己的，不发放' },
    },
  ),
}
