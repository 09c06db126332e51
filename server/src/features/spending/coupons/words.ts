import { couponNo, savingText, termsTexts, validityText } from '@pointbook/shared/coupons'
import type { Day } from '@pointbook/shared/day'
import { merchantNames, type Names } from '@pointbook/shared/policy-words/condition'
import type { Database } from '../../../platform/database/pool.ts'
import { revisionOf } from '../../../platform/revision.ts'
import { stores } from '../../shop/stores/tables.ts'
import { columnsOf } from './kind-moves.ts'
import type { ReadCoupon, ReadKind } from './store.ts'

/** The names that the terms of coupons need. */
export async function readNames(db: Database): Promise<Names> {
  const rows = await db.select({ id: stores.id, name: stores.name }).from(stores)
  const storeNames = new Map(rows.map(({ id, name }) => [id, name]))
  return merchantNames({ tier: (id) => id, store: (id) => storeNames.get(id) ?? '' })
}

/** A coupon as its member reads it. A coupon past its last day has ended, also before the nightly job says so. */
export function couponView({ coupon, name, terms, description }: ReadCoupon, names: Names, today: Day) {
  const { state, validFrom, validUntil, grantedAt, endedAt, savedFen, reason } = coupon
  return {
    couponNo: couponNo(coupon),
    name,
    saving: savingText(terms.saving),
    type: terms.saving.type,
    terms: termsTexts(terms, names),
    description,
    state: state === 'held' && validUntil < today ? ('ended' as const) : state,
    validFrom,
    validUntil,
    grantedAt,
    endedAt,
    savedFen,
    reason,
  }
}

const NEARLY = 0.8

export function kindView({ kind, budget }: ReadKind, names: Names) {
  const { id: kindId, version: _, madeAt, ...rest } = kind
  const { kindId: __, ...figures } = budget
  const spentFen = figures.reservedFen + figures.settledFen
  const isNearly = (gone: number, most: number | null) => most !== null && gone >= most * NEARLY
  return {
    kindId,
    ...rest,
    saving: savingText(kind.terms.saving),
    validity: validityText(kind.terms.validity),
    texts: termsTexts(kind.terms, names),
    madeAt,
    ...figures,
    nearlyGone: isNearly(figures.granted, kind.pieces) || isNearly(spentFen, kind.moneyFen),
    revision: revisionOf(columnsOf(kind)),
  }
}
