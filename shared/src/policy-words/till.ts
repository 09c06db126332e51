import type { Policy } from '../contract/points/policy.ts'
import { say } from '../policy-fields/field.ts'
import { tillFields } from '../policy-fields/till.ts'

export const spendingNeedsText = ({ till = {} }: Policy): string => say(tillFields, till, 'spending')
export const ownPurchasesText = ({ till = {} }: Policy): string => say(tillFields, till, 'own-purchases')
