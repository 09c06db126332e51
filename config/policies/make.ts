import type { EarningRule, Gift, Scope } from '@pointbook/shared/contract/points/earning-rule'
import type { Benefit, Life, Policy, Tier } from '@pointbook/shared/contract/points/policy'
import type { PolicyOperationsApi } from '@pointbook/shared/contract/points/policy-operations'
import { addDays, type Day, weekdayOf } from '@pointbook/shared/day'

type Event = PolicyOperationsApi['POST /admin/policy/preview']['input']['event']

/** Something that earns, to show what a policy brings. */
export interface Example {
  title: string
  event: Event
}

/** A policy to start from. */
export interface Preset {
  key: string
  name: string
  /** For whom it is, in a sentence. */
  audience: string
  policy: Policy
  examples: Example[]
}

/** Somebody buys. */
export const buying = (title: string, lines: Event['lines'], more: Partial<Event> = {}): Example => ({
  title,
  event: { trigger: 'purchase', lines, ...more },
})

/** Somebody does what has no price. */
export const doing = (title: string, trigger: Event['trigger'], name: string, more: Partial<Event> = {}): Example => ({
  title,
  event: { trigger, lines: [{ name, quantity: 1, amountFen: 0 }], ...more },
})

const nothing = { categories: [], brands: [], skus: [] }

/** An earning rule for every purchase by default. */
export const rule = (fields: Partial<EarningRule> & Pick<EarningRule, 'id' | 'name' | 'gift'>): EarningRule => ({
  enabled: true,
  trigger: 'purchase',
  event: '',
  from: null,
  until: null,
  conditions: [],
  scope: { only: nothing, except: nothing },
  caps: noCaps,
  group: '',
  ...fields,
})

export const noCaps: EarningRule['caps'] = { day: null, month: null, member: null, budget: null }

export const fixed = (points: number): Gift => ({ type: 'fixed', points })
export const times = (factor: number): Gift => ({ type: 'multiply', multiplierBp: factor * 10_000 })
export const perUnit = (points: number): Gift => ({ type: 'per-unit', points })

/** Larger receipts have a larger multiplier: pairs of yuan and multiplier. */
export const banded = (...bands: [yuan: number, factor: number][]): Gift => ({
  type: 'bands',
  bands: bands.map(([yuan, factor]) => ({ fromFen: yuan * 100, multiplierBp: factor * 10_000 })),
})

/** Points per yuan, in proportion. */
export const rate = (points: number, yuan: number): Gift => ({ type: 'rate', points, perFen: yuan * 100 })

export const only = (goods: Partial<Scope['only']>): Scope => ({ only: { ...nothing, ...goods }, except: nothing })
export const except = (goods: Partial<Scope['except']>): Scope => ({ only: nothing, except: { ...nothing, ...goods } })

/** A gift for becoming a member. */
export const welcoming = (points: number): EarningRule =>
  rule({ id: 'registration', name: '注册礼', trigger: 'registration', gift: fixed(points) })

/** Twice the points on one day of every week. */
export const memberDay = (weekday: number): EarningRule =>
  rule({ id: 'member-day', name: '会员日双倍', conditions: [{ type: 'weekday', days: [weekday] }], gift: times(2) })

/** The earning part of a policy with these rules and defaults. */
export const earningBy = (rules: EarningRule[], changes: Partial<Policy['earning']> = {}): Policy['earning'] => ({
  rounding: 'down',
  roundEach: 'rule',
  multipliers: 'best',
  basis: { delivery: false, coupons: false, pointsPaid: false, storedValue: true },
  groups: [],
  rules,
  ...changes,
})

export const living = (life: Life): Policy['expiry'] => ({ life, bySource: [], extension: null })

/** A gift each day, and a larger one after three and after seven days in a row. */
export const checkingIn = (changes: Partial<Policy['checkIn']> = {}): Policy['checkIn'] => ({
  enabled: true,
  scheme: { type: 'fixed', points: 5 },
  extras: [
    { days: 3, points: 5 },
    { days: 7, points: 10 },
  ],
  cycleDays: 7,
  makeUp: null,
  ...changes,
})

/** 20 points for the inviter and 10 for the friend, after the friend's first purchase. */
export const referring = (changes: Partial<Policy['referral']> = {}): Policy['referral'] => ({
  enabled: true,
  when: 'purchase',
  minimumFen: 0,
  withinDays: 0,
  inviterPoints: 20,
  inviteePoints: 10,
  perMonth: 0,
  perInviter: 0,
  suspicious: 'hold',
  ...changes,
})

/** Tiers by all points ever earned, by default. */
export const tiersOf = (levels: Tier[], changes: Partial<Policy['tiers']> = {}): Policy['tiers'] => ({
  measure: 'points',
  window: 'lifetime',
  rollingMonths: 12,
  downgrade: 'reached',
  graceDays: 0,
  levels,
  ...changes,
})

export const tier = (id: string, name: string, from: number, factor: number, benefits: Benefit[] = []): Tier => ({
  id,
  name,
  from,
  multiplierBp: Math.round(factor * 10_000),
  benefits,
})

/** Tiers from the lowest up, each with the benefits of those below it besides its own. */
export const rising = (...levels: Tier[]): Tier[] =>
  levels.map((level, at) => ({ ...level, benefits: levels.slice(0, at + 1).flatMap(({ benefits }) => benefits) }))

/** Paying with points: whole yuan, and as much of what is due as one likes. */
export const offsetting = (pointsPerYuan: number, maximumShareBp = 10_000): Policy['offset'] => ({
  pointsPerYuan,
  minimumPoints: pointsPerYuan,
  stepPoints: pointsPerYuan,
  maximumShareBp,
})

/**
 * A policy with the given rules: points are usable at once, valid for a year, with a reminder a week before they expire (C1, C8);
 * a return takes its points back, as a debt if they are spent (H1); no check-in, invitations, tiers or offset.
 */
export const policyOf = (fields: Partial<Policy> & Pick<Policy, 'name' | 'earning'>): Policy => ({
  pending: { until: 'days', days: 0 },
  expiry: living({ type: 'months', months: 12 }),
  returns: 'debt',
  offset: null,
  checkIn: checkingIn({ enabled: false }),
  referral: referring({ enabled: false }),
  tiers: tiersOf([]),
  pointsPerYuan: 100,
  reminder: { enabled: true, daysBefore: 7, minimumPoints: 10, fromHour: 9, untilHour: 21 },
  ...fields,
})

/** The next date with this month and day, `MM-DD`; today included. */
export function nextOn(today: Day, monthDay: string): Day {
  const year = Number(today.slice(0, 4))
  const thisYear = `${year}-${monthDay}`
  return thisYear >= today ? thisYear : `${year + 1}-${monthDay}`
}

export const WEDNESDAY = 3
export const THURSDAY = 4

/** The next date with this weekday; today included. */
export const nextWeekday = (today: Day, weekday: number): Day => addDays(today, (weekday - weekdayOf(today) + 7) % 7)
