/** The sections of the form, in their order. */
export const sections = [
  { key: 'rules', title: '积分规则' },
  { key: 'calculation', title: '怎么计算' },
  { key: 'life', title: '到账与有效期' },
  { key: 'offset', title: '积分抵现' },
  { key: 'till', title: '收银台' },
  { key: 'check-in', title: '签到' },
  { key: 'referral', title: '邀请好友' },
  { key: 'tiers', title: '会员等级' },
  { key: 'reminder', title: '提醒与估值' },
] as const

export type SectionKey = (typeof sections)[number]['key']

/** The id of a section in the page; the bare key is the id of an input. */
export const idOf = (key: SectionKey): string => `section-${key}`

interface Place {
  key: SectionKey
  title: string
}

/** The section of a field: the first prefix of its path in this list. */
const places: [string, Place][] = [
  ['name', { key: 'rules', title: '方案名称' }],
  ['earning.rules', { key: 'rules', title: '积分规则' }],
  ['earning.groups', { key: 'rules', title: '规则组' }],
  ['earning', { key: 'calculation', title: '怎么计算' }],
  ['birthdayAtOnce', { key: 'calculation', title: '生日积分' }],
  ['pending', { key: 'life', title: '到账' }],
  ['expiry', { key: 'life', title: '有效期' }],
  ['returns', { key: 'life', title: '退货' }],
  ['offset', { key: 'offset', title: '积分抵现' }],
  ['till', { key: 'till', title: '收银台' }],
  ['checkIn', { key: 'check-in', title: '签到' }],
  ['referral', { key: 'referral', title: '邀请好友' }],
  ['tiers', { key: 'tiers', title: '会员等级' }],
  ['reminder', { key: 'reminder', title: '到期提醒' }],
  ['pointsPerYuan', { key: 'reminder', title: '积分估值' }],
]

export const placeOf = (path: string): Place | undefined =>
  places.find(([beginning]) => path === beginning || path.startsWith(`${beginning}.`))?.[1]
