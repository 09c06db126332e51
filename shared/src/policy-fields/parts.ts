import { basisFields, birthdayFields, calculationFields, nameFields } from './calculation.ts'
import { checkInFields, makeUpFields } from './check-in.ts'
import { pendingFields, returnsFields } from './expiry.ts'
import { type Fields, say } from './field.ts'
import type { Line } from './lines.ts'
import { offsetFields } from './offset.ts'
import { referralFields } from './referral.ts'
import { reminderFields, worthFields } from './reminder.ts'
import { tierFields } from './tiers.ts'
import { tillFields } from './till.ts'

interface Part {
  at: readonly string[]
  fields: Fields
}

/** The parts that a policy has at most once, with their paths. Rules, tiers and similar parts are lists. */
export const parts: readonly Part[] = [
  { at: [], fields: { ...nameFields, ...birthdayFields, ...returnsFields, ...worthFields } },
  { at: ['earning'], fields: calculationFields },
  { at: ['earning', 'basis'], fields: basisFields },
  { at: ['pending'], fields: pendingFields },
  { at: ['offset'], fields: offsetFields },
  { at: ['till'], fields: tillFields },
  { at: ['checkIn'], fields: checkInFields },
  { at: ['checkIn', 'makeUp'], fields: makeUpFields },
  { at: ['referral'], fields: referralFields },
  { at: ['tiers'], fields: tierFields },
  { at: ['reminder'], fields: reminderFields },
]

/** The texts of the fields of a line, anywhere in the policy. */
export const sayAll = (policy: object, line: Line): string =>
  parts
    .map(({ at, fields }) => say(fields, partAt(policy, at), line))
    .filter(Boolean)
    .join('，')

/** The part of a policy at a path; an empty one when it is absent. */
export const partAt = (policy: object, at: readonly string[]): object =>
  at.reduce<object>((part, name) => (part as Record<string, object | null | undefined>)[name] ?? {}, policy)
