import type { Policy } from '../contract/points/policy.ts'
import { say } from '../policy-fields/field.ts'
import { offsetFields } from '../policy-fields/offset.ts'
import { reminderFields } from '../policy-fields/reminder.ts'

/** Paying with points. */
export const offsetText = (offset: NonNullable<Policy['offset']>): string => say(offsetFields, offset, 'offset')

/** When a member is reminded of points that end, and of how few no longer. */
export const reminderText = (reminder: Policy['reminder']): string => say(reminderFields, reminder, 'reminder')
