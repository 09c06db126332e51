import { choice } from './field.ts'

const spending = {
  code: '出示会员码，或在手机上点同意',
  'code-or-card': '出示会员码或实体会员卡，或在手机上点同意',
}

const own = {
  refuse: '要由另一位店员来记',
  approve: '可以自己记，审批通过后才给积分',
  allow: '可以自己记',
}

/** What a clerk may do. */
export const tillFields = {
  /**
   * The proofs for spending points at the till, besides the consent on the phone: the rotating code, or a printed card as well.
   */
  spendingNeeds: choice(spending, {
    label: '到店用积分，要会员怎么证明是本人',
    line: 'spending',
    look: 'radios',
    missing: 'code',
    words: spending,
  }),
  /** Whether a clerk may record their own purchases. */
  ownPurchases: choice(own, {
    label: '店员自己的消费',
    newRow: true,
    line: 'own-purchases',
    look: 'radios',
    missing: 'refuse',
    words: own,
  }),
}
