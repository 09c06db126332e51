import type { Channel, PaymentMethod, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import { addDays } from '@pointbook/shared/day'
import type { TrialEvent } from '../../policy/use-preview.ts'

export interface CartLine {
  yuan: number
  quantity: number
  category: string
  brand: string
  delivery: boolean
}

/** The hypothetical event in the form. */
export interface Example {
  trigger: Trigger
  code: string
  cart: CartLine[]
  couponYuan: number
  pointsYuan: number
  storedYuan: number
  storeId: number | undefined
  channel: Channel | undefined
  payment: PaymentMethod | undefined
  on: string | null
  minute: number | null
  /** Which purchase of the member's this is. */
  nth: number
  tierId: string
  tags: string[]
  birthday: 'none' | 'today' | 'month'
  memberDays: number
  streakDays: number
}

export const aLine: CartLine = { yuan: 100, quantity: 1, category: '', brand: '', delivery: false }

export const aDelivery: CartLine = { ...aLine, yuan: 8, delivery: true }

export const hundred: Example = {
  trigger: 'purchase',
  code: '',
  cart: [aLine],
  couponYuan: 0,
  pointsYuan: 0,
  storedYuan: 0,
  storeId: undefined,
  channel: undefined,
  payment: undefined,
  on: null,
  minute: null,
  nth: 2,
  tierId: '',
  tags: [],
  birthday: 'none',
  memberDays: 100,
  streakDays: 1,
}

const fenOf = (yuan: number) => Math.round(yuan * 100)

/** Only a purchase has a cart; an event of the open API has the amount of its first line. */
export function eventOf(example: Example, today: string): TrialEvent {
  const { trigger, code, cart, nth, tierId, tags, streakDays } = example
  const on = example.on ?? today
  const lines = (trigger === 'purchase' ? cart : cart.slice(0, 1)).map(lineOf)
  return {
    trigger,
    ...(code ? { code } : {}),
    lines: trigger === 'purchase' || trigger === 'event' ? lines : [{ name: '一次', quantity: 1, amountFen: 0 }],
    ...(trigger === 'purchase' ? paidIn(example) : {}),
    on,
    ...(example.minute === null ? {} : { minute: example.minute }),
    purchases: nth - 1,
    ...(tierId ? { tierId } : {}),
    tags,
    ...birthdayOf(example.birthday, on),
    joinedOn: addDays(on, -example.memberDays),
    streakDays,
  }
}

function lineOf({ yuan, quantity, category, brand, delivery }: CartLine): TrialEvent['lines'][number] {
  return {
    name: delivery ? '运费' : '示例商品',
    quantity,
    amountFen: fenOf(yuan),
    ...(category ? { category } : {}),
    ...(brand ? { brand } : {}),
    ...(delivery ? { delivery } : {}),
  }
}

const paidIn = ({ couponYuan, pointsYuan, storedYuan, storeId, channel, payment }: Example) => ({
  couponFen: fenOf(couponYuan),
  pointsFen: fenOf(pointsYuan),
  storedValueFen: fenOf(storedYuan),
  ...(storeId ? { storeId } : {}),
  ...(channel ? { channel } : {}),
  ...(payment ? { payment } : {}),
})

/** A birthday on the day, or in its month but more than a week away. */
function birthdayOf(when: Example['birthday'], on: string) {
  if (when === 'none') return {}
  const [, month, day] = on.split('-')
  const other = Number(day) > 14 ? '01' : '27'
  // A leap year, so that every day of the year can be chosen.
  return { birthday: `1992-${month}-${when === 'today' ? day : other}` }
}
