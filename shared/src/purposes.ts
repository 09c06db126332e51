/** What the shop uses personal data for. A member may refuse every purpose but the service itself, which ends by leaving. */
export const purposes = {
  service: {
    title: '会员服务',
    what: '用手机号和微信身份认出您，记录消费和积分，用来计分、兑换和核对。',
    without: '没有这一项就无法提供会员服务；不再需要时，可以注销会员。',
  },
  reminders: {
    title: '微信提醒',
    what: '积分快到期、兑换成功时，在微信里提醒您。每一次还要您在微信里点允许。',
    without: '微信里不再收到提醒，已经允许的次数作废。小程序里的消息照常可看，积分到期请自己留意。',
  },
  'personal-offers': {
    title: '个性化优惠',
    what: '按本店给您的标签，给您专门的积分优惠。',
    without: '以后按标签给的优惠不再有；所有会员和您这个等级都有的优惠不变，积分不受影响。',
  },
  birthday: {
    title: '生日礼',
    what: '用您填写的生日，发生日礼和生日前后的优惠。',
    without: '以后不再有生日礼和生日前后的优惠，积分不受影响。',
  },
} as const

export type Purpose = keyof typeof purposes

/** The purposes that a member may refuse without losing the membership. */
export const optionalPurposes = ['reminders', 'personal-offers', 'birthday'] as const satisfies Purpose[]

export type OptionalPurpose = (typeof optionalPurposes)[number]

/** What a line of the history of consents is about: a purpose, or the statement of age at sign-up. */
export type ConsentSubject = Purpose | 'age'

export const consentTitle = (subject: ConsentSubject): string =>
  subject === 'age' ? '已满 14 周岁' : purposes[subject].title

/** Where a member has consented or refused. */
export const consentPlaces = {
  'sign-up': '入会时',
  start: '打开小程序时',
  privacy: '隐私与数据',
  profile: '填写生日时',
  panel: '门店代办',
  merge: '合并档案',
} as const

export type ConsentPlace = keyof typeof consentPlaces

/** The version of an agreement in words; 0 is one of before versions were counted. */
export const versionText = (version: number): string => (version === 0 ? '早期版本' : `第 ${version} 版`)
