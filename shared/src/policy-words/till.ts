import type { Policy } from '../contract/points/policy.ts'

type Till = Required<NonNullable<Policy['till']>>

export const spendingNeedsNames: Record<Till['spendingNeeds'], string> = {
  code: '出示会员码，或在手机上点同意',
  'code-or-card': '出示会员码或实体会员卡，或在手机上点同意',
}

export const ownPurchasesNames: Record<Till['ownPurchases'], string> = {
  refuse: '要由另一位店员来记',
  allow: '可以自己记',
}

export const spendingNeedsText = ({ till }: Policy): string => spendingNeedsNames[till?.spendingNeeds ?? 'code']
export const ownPurchasesText = ({ till }: Policy): string => ownPurchasesNames[till?.ownPurchases ?? 'refuse']
