import { couponNo, savingText } from '@pointbook/shared/coupons'
import { dayOf, dayText, minuteOf } from '@pointbook/shared/day'
import { explanationText } from '@pointbook/shared/words'
import { combine, savedFen, suggested, type Usable } from '../../../core/coupons/combine.ts'
import type { Cart } from '../../../core/coupons/saving.ts'
import type { Server } from '../../../server.ts'
import { type ReadCoupon, readUsable } from '../../spending/coupons/store.ts'
import type { Recorded } from './moves.ts'
import type { Receipt } from './receipt.ts'

/** The member's coupons for the clerk's choice, with the best ones for this purchase; undefined for a member without any. */
export async function couponsPreview(
  server: Server,
  receipt: Receipt,
  { couponsFen = 0 }: Pick<Recorded, 'couponsFen'>,
) {
  const { db, clock, offsetMinutes } = server
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const read = await readUsable(db, receipt.memberId, today)
  if (read.length === 0) return undefined
  const cart = { ...cartOf(receipt), on: today, minute: minuteOf(now, offsetMinutes) }
  const usable = read.filter(({ coupon }) => coupon.validFrom <= today).map(usableOf)
  const best = suggested(usable, cart)
  const chosen = new Set((receipt.coupons ?? []).map(({ seq }) => seq))
  const together = combine(
    usable.filter(({ seq }) => chosen.has(seq)),
    cart,
  )
  const [memberId] = read.map(({ coupon }) => coupon.memberId)
  return {
    fen: couponsFen,
    suggested: best.map(({ coupon }) => couponNo({ memberId: memberId!, seq: coupon.seq })),
    suggestedFen: savedFen(best),
    rows: read.map((one) => {
      const { coupon, name, terms } = one
      const used = Array.isArray(together) ? together.find((each) => each.coupon.seq === coupon.seq) : undefined
      const alone = aloneOf(one, cart, today)
      return {
        couponNo: couponNo(coupon),
        name,
        saving: savingText(terms.saving),
        validUntil: coupon.validUntil,
        chosen: chosen.has(coupon.seq),
        fen: used?.fen ?? alone.fen,
        why: alone.why,
      }
    }),
  }
}

/** Coupons look at goods, store, channel and time; nothing of the member. */
const cartOf = ({ lines, storeId, paid }: Receipt): Pick<Cart, 'lines' | 'storeId' | 'channel' | 'who'> => ({
  lines,
  storeId,
  channel: paid.channel,
  who: nobody,
})

const nobody: Cart['who'] = { purchases: 0, tierId: null, tags: [], birthday: null, joinedOn: null }

const usableOf = ({ coupon: { seq, kindId, validUntil }, terms }: ReadCoupon): Usable => ({
  seq,
  kindId,
  until: validUntil,
  terms,
})

function aloneOf(read: ReadCoupon, cart: Cart, today: string): { fen: number; why: string } {
  if (read.coupon.validFrom > today) return { fen: 0, why: `${dayText(read.coupon.validFrom)}起可用` }
  const used = combine([usableOf(read)], cart)
  if (Array.isArray(used)) return { fen: savedFen(used), why: '' }
  return { fen: 0, why: used.type === 'unsaved' ? explanationText(used.reason) : '' }
}
