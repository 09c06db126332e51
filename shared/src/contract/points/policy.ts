import Type, { type Static } from 'typebox'
import { basisFields, birthdayFields, calculationFields, nameFields } from '../../policy-fields/calculation.ts'
import { checkInFields, dayField, extraFields, makeUpFields, schemeFields } from '../../policy-fields/check-in.ts'
import { extensionFields, leastFields, lifeFields, pendingFields, returnsFields } from '../../policy-fields/expiry.ts'
import { offsetFields } from '../../policy-fields/offset.ts'
import { referralFields } from '../../policy-fields/referral.ts'
import { reminderFields, worthFields } from '../../policy-fields/reminder.ts'
import { benefitFields, levelFields, thresholdFields, tierFields } from '../../policy-fields/tiers.ts'
import { tillFields } from '../../policy-fields/till.ts'
import { Slug } from '../fields.ts'
import { Exact, Maybe, Nullable, OneOf } from '../http.ts'
import { EarningRule, RuleGroup, Trigger } from './earning-rule.ts'
import { schemaOf, schemasOf } from './policy-field.ts'

const Triggers = Type.Array(Trigger, { minItems: 1, maxItems: 10 })

export const Life = Type.Union([
  Exact({ type: Type.Literal('never') }),
  Exact({ type: Type.Literal('days'), ...schemasOf(lifeFields.days) }),
  Exact({ type: Type.Literal('months'), ...schemasOf(lifeFields.months) }),
  Exact({ type: Type.Literal('month-end'), ...schemasOf(lifeFields['month-end']) }),
  Exact({ type: Type.Literal('year-end'), ...schemasOf(lifeFields['year-end']) }),
])

const least = schemasOf(leastFields)

/** Activity that extends points. The return of a purchase undoes its extensions. */
export const Extension = Type.Union([
  Exact({ type: Type.Literal('activity'), by: Triggers, ...schemasOf(extensionFields.activity), ...least }),
  Exact({ type: Type.Literal('renewal'), by: Triggers, ...schemasOf(extensionFields.renewal), ...least }),
])

export const Expiry = Exact({
  life: Life,
  /** Other validity for points from these sources; the first entry with the source counts. */
  bySource: Type.Array(Exact({ sources: Triggers, life: Life }), { maxItems: 10 }),
  extension: Nullable(Extension),
})

export const Benefit = Exact(schemasOf(benefitFields))

export const Tier = Exact({
  id: Slug,
  ...schemasOf(levelFields),
  from: schemaOf(thresholdFields.points),
  benefits: Type.Array(Benefit, { maxItems: 20 }),
})

export const Tiers = Exact({ ...schemasOf(tierFields), levels: Type.Array(Tier, { maxItems: 20 }) })

export const CheckInScheme = Type.Union([
  Exact({ type: Type.Literal('fixed'), ...schemasOf(schemeFields.fixed) }),
  Exact({ type: Type.Literal('growing'), ...schemasOf(schemeFields.growing) }),
  Exact({ type: Type.Literal('cycle'), days: Type.Array(schemaOf(dayField), { minItems: 2, maxItems: 31 }) }),
])

export const CheckIn = Exact({
  ...schemasOf(checkInFields),
  scheme: CheckInScheme,
  extras: Type.Array(Exact(schemasOf(extraFields)), { maxItems: 20 }),
  makeUp: Nullable(Exact(schemasOf(makeUpFields))),
})

export const Referral = Exact(schemasOf(referralFields))

export const Offset = Exact(schemasOf(offsetFields))

export const Till = Exact(schemasOf(tillFields))

export const Policy = Exact({
  ...schemasOf(nameFields),
  earning: Exact({
    ...schemasOf(calculationFields),
    basis: Exact(schemasOf(basisFields)),
    groups: Type.Array(RuleGroup, { maxItems: 20 }),
    rules: Type.Array(EarningRule, { maxItems: 100 }),
  }),
  pending: Exact(schemasOf(pendingFields)),
  expiry: Expiry,
  ...schemasOf(returnsFields),
  ...schemasOf(birthdayFields),
  offset: Nullable(Offset),
  till: Maybe(Till),
  checkIn: CheckIn,
  referral: Referral,
  tiers: Tiers,
  ...schemasOf(worthFields),
  reminder: Exact(schemasOf(reminderFields)),
})

export type Life = Static<typeof Life>

export type Extension = Static<typeof Extension>

export type Tier = Static<typeof Tier>

export type Benefit = Static<typeof Benefit>

export type Policy = Static<typeof Policy>

/** A fault or a doubt about a policy: `path` points at the field, as in `earning.rules.0.gift.points`. */
export const PolicyFault = Exact({ path: Type.String(), level: OneOf('error', 'warning'), text: Type.String() })

export type PolicyFault = Static<typeof PolicyFault>

export const PolicyVersion = Type.Integer({ minimum: 1, maximum: 1_000_000 })
