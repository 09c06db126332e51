import type { EarningRule, Fact, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import { addDays, type Day, dateOf, isDay, LAST_DAY, weekdayOf } from '@pointbook/shared/day'
import { yuanText } from '@pointbook/shared/money'

/** A fact that must be true, or must be false. */
export interface Literal {
  fact: Fact
  negated: boolean
  path: string
}

/** The reason why facts can never be true together, with the field at which to show it. */
export interface DeadEnd {
  path: string
  reason: string
}

/** The reason why these facts can never be true together for a rule's trigger; null when they can, or when that is unknown. */
export const deadEnd = (rule: EarningRule, path: string, literals: Literal[]): DeadEnd | null =>
  strangeToTrigger(rule.trigger, literals) ??
  crossing(literals, amountEnds, (least, below) => `消费满 ${yuanText(least)}又不到 ${yuanText(below)}`) ??
  crossing(literals, membershipEnds, (least, below) => `入会满 ${least} 天又不满 ${below} 天`) ??
  withoutCommon(literals) ??
  tagsDenied(literals) ??
  purchaseNeverCounted(literals) ??
  noSuchDay(rule, path, literals)

/** Events that come with an amount of money. */
export const hasAmount = (trigger: Trigger): boolean => ['purchase', 'review', 'activity', 'event'].includes(trigger)

function strangeToTrigger(trigger: Trigger, literals: Literal[]): DeadEnd | null {
  for (const { fact, negated, path } of literals) {
    const reason = negated ? null : whyStrange(trigger, fact)
    if (reason) return { path, reason }
  }
  return null
}

/** The reason why a fact is never true for a trigger. */
function whyStrange(trigger: Trigger, fact: Fact): string | null {
  if (trigger === 'purchase') return null
  switch (fact.type) {
    case 'store':
      return '只有消费才有门店'
    case 'channel':
      return '只有消费才有购买渠道'
    case 'payment':
      return '只有消费才有支付方式'
    case 'amount-at-least':
      return hasAmount(trigger) || fact.amountFen === 0 ? null : '这件事没有消费金额'
    case 'birthday':
      return trigger === 'registration' ? '刚注册时还没有填生日' : null
    case 'tag':
      return trigger === 'registration' ? '刚注册的会员还没有标签' : null
    case 'member-for':
      return trigger === 'registration' ? '刚注册的会员入会还不满 1 天' : null
    default:
      return null
  }
}

/** The bound from which, or below which, a literal is true. */
interface Ends {
  least?: number
  below?: number
}

function amountEnds({ fact, negated }: Literal): Ends | null {
  if (fact.type === 'amount-at-least') return negated ? { below: fact.amountFen } : { least: fact.amountFen }
  if (fact.type === 'amount-below') return negated ? { least: fact.amountFen } : { below: fact.amountFen }
  return null
}

function membershipEnds({ fact, negated }: Literal): Ends | null {
  if (fact.type !== 'member-for') return null
  return negated ? { below: fact.days } : { least: fact.days }
}

function crossing(
  literals: Literal[],
  endsOf: (literal: Literal) => Ends | null,
  say: (least: number, below: number) => string,
): DeadEnd | null {
  let [least, below] = [0, Infinity]
  for (const literal of literals) {
    const ends = endsOf(literal)
    least = Math.max(least, ends?.least ?? 0)
    below = Math.min(below, ends?.below ?? Infinity)
    const field = literal.fact.type === 'member-for' ? 'days' : 'amountFen'
    if (ends && below <= least) return { path: `${literal.path}.${field}`, reason: say(least, below) }
  }
  return null
}

type Value = string | number

const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, at) => at + first)

// The birthday itself lies in its week and its month; the rest of the week may reach into another month.
const birthdays = { day: ['day'], week: ['day', 'both', 'week'], month: ['day', 'both', 'month'] }

const kinds: Partial<Record<Fact['type'], { name: string; all: Value[] | null }>> = {
  tier: { name: '会员等级', all: null },
  store: { name: '门店', all: null },
  channel: { name: '渠道', all: null },
  payment: { name: '支付方式', all: null },
  weekday: { name: '星期', all: upTo(7) },
  'month-day': { name: '日期', all: upTo(31) },
  hours: { name: '时段', all: upTo(1_439, 0) },
  birthday: { name: '生日', all: ['day', 'both', 'week', 'month', 'none'] },
}

/** The values that a fact admits. */
function admitted(fact: Fact): Value[] {
  switch (fact.type) {
    case 'tier':
      return fact.tierIds
    case 'store':
      return fact.storeIds
    case 'channel':
      return fact.channels
    case 'payment':
      return fact.methods
    case 'weekday':
    case 'month-day':
      return fact.days
    case 'hours':
      return minutesOf(fact)
    case 'birthday':
      return birthdays[fact.within]
    default:
      return []
  }
}

const minutesOf = ({ fromMinute, untilMinute }: Extract<Fact, { type: 'hours' }>): number[] =>
  fromMinute <= untilMinute
    ? upTo(untilMinute - 1, fromMinute)
    : [...upTo(1_439, fromMinute), ...upTo(untilMinute - 1, 0)]

/** Facts of one kind that together admit no value. */
function withoutCommon(literals: Literal[]): DeadEnd | null {
  for (const [type, { name, all }] of Object.entries(kinds)) {
    const own = literals.filter(({ fact }) => fact.type === type)
    // A kind with an open set of values always has one that the facts do not name.
    let left = all ?? ['', ...own.flatMap(({ fact }) => admitted(fact))]
    for (const { fact, negated, path } of own) {
      const values = new Set(admitted(fact))
      left = left.filter((value) => values.has(value) !== negated)
      const reason = own.length > 1 ? `几个${name}条件没有共同的部分` : `没有符合条件的${name}`
      if (left.length === 0) return { path, reason }
    }
  }
  return null
}

/** A member must have one of some tags, and none of them. */
function tagsDenied(literals: Literal[]): DeadEnd | null {
  const tags = literals.flatMap(({ fact, ...rest }) => (fact.type === 'tag' ? { ...rest, tags: fact.tags } : []))
  const denied = new Set(tags.filter(({ negated }) => negated).flatMap((one) => one.tags))
  const lost = tags.find((one) => !one.negated && one.tags.every((tag) => denied.has(tag)))
  return lost ? { path: lost.path, reason: '既要有又不能有这些标签' } : null
}

/** The n-th, the first and every n-th purchase, where no purchase is all of them. */
function purchaseNeverCounted(literals: Literal[]): DeadEnd | null {
  const counts = literals.flatMap(({ fact, ...rest }) => {
    if (fact.type === 'first-purchase') return { ...rest, n: 1, every: false }
    return fact.type === 'nth-purchase' ? { ...rest, n: fact.n, every: fact.every } : []
  })
  const last = counts.at(-1)
  const wanted = counts.filter(({ negated }) => !negated)
  const exact = wanted.find(({ every }) => !every)
  const rhythm = wanted.reduce((common, { n }) => leastCommon(common, n), 1)
  if (!last || !Number.isSafeInteger(rhythm * MULTIPLES)) return null
  const numbers = exact ? [exact.n] : upTo(MULTIPLES).map((times) => times * rhythm)
  const holds = (number: number) =>
    counts.every(({ n, every, negated }) => (every ? number % n === 0 : number === n) !== negated)
  return numbers.some(holds) ? null : { path: last.path, reason: '没有一次消费同时符合这些次数' }
}

// So many that a few numbers left out cannot be all of them.
const MULTIPLES = 50

const leastCommon = (a: number, b: number): number => (a / greatestCommon(a, b)) * b
const greatestCommon = (a: number, b: number): number => (b === 0 ? a : greatestCommon(b, a % b))

// Every weekday falls on every day of a month within this time.
const LONG_DAYS = 800
const longAgo: Day = '1970-01-01'
const farAhead: Day = LAST_DAY

/** No day of the rule's time fits weekdays, days of the month and dates. */
function noSuchDay({ from, until }: EarningRule, path: string, literals: Literal[]): DeadEnd | null {
  const about = literals.filter(({ fact }) => ['weekday', 'month-day', 'dates'].includes(fact.type))
  const last = about.at(-1)
  if (!last || [from, until].some((end) => end !== null && !isDay(end))) return null
  if (hasDay(from, until, about)) return null
  const outside = from !== null && until !== null && hasDay(null, null, about)
  return outside
    ? { path: `${path}.until`, reason: '活动期间没有一天符合日期条件' }
    : { path: last.path, reason: '没有一天符合这些日期条件' }
}

function hasDay(from: Day | null, until: Day | null, literals: Literal[]): boolean {
  const periods = literals.flatMap(({ fact, negated }) => (fact.type === 'dates' && !negated ? fact : []))
  const begin = [from ?? longAgo, ...periods.map((period) => period.from)].sort().at(-1)!
  const end = [until ?? farAhead, ...periods.map((period) => period.until)].sort()[0]!
  const far = addDays(begin, LONG_DAYS)
  // A rule whose dates exclude more years than these is not checked.
  const watched = end > far ? literals.filter(({ fact, negated }) => !(fact.type === 'dates' && negated)) : literals
  for (let on = begin; on <= end && on <= far; on = addDays(on, 1)) if (fits(on, watched)) return true
  return false
}

const fits = (on: Day, literals: Literal[]): boolean =>
  literals.every(({ fact, negated }) => {
    if (fact.type === 'weekday') return fact.days.includes(weekdayOf(on)) !== negated
    if (fact.type === 'month-day') return fact.days.includes(dateOf(on)) !== negated
    return fact.type !== 'dates' || (on >= fact.from && on <= fact.until) !== negated
  })
