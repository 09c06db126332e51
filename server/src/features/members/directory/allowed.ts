import type { OptionalPurpose } from '@pointbook/shared/purposes'
import type { MemberRow } from './tables.ts'

type Chooser = Pick<MemberRow, 'choices'>

/** Whether the shop may use a member's data for a purpose: until the member refuses it. */
export const isAllowed = ({ choices }: Chooser, purpose: OptionalPurpose): boolean => choices[purpose]?.allowed ?? true

/** Whether a member may get what is chosen by the labels that the shop has put on them (Law10). */
export const mayPersonalise = (member: Chooser): boolean => isAllowed(member, 'personal-offers')
