import { savingText } from '@pointbook/shared/coupons'
import { type ActorRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, put, row } from '../../../book/changes.ts'
import { type DecisionContext, move } from '../../../book/move.ts'
import { logged } from '../../../book/tables.ts'
import { differences } from '../../../platform/audit-log.ts'
import { requireRevision } from '../../../platform/revision.ts'
import { type CouponBudgetRow, type CouponKindRow, couponBudgets, couponKinds, couponTerms } from './tables.ts'

/** What the merchant edits of a kind. */
export type EditableKind = Omit<CouponKindRow, 'id' | 'version' | 'madeAt'>

export interface NewKind {
  /** An unused number, read before the move; `coupon.kind-taken` when another kind has it meanwhile. */
  kindId: number
  kind: EditableKind
  actor: ActorRef
  requestId: string
}

/** Makes a kind of coupon, with a budget of its own. */
export const makeKind = move<NewKind, { kindId: number }>('coupons.make-kind', {
  member: () => 0,
  key: ({ requestId }) => `make-coupon/${requestId}`,
  same: ({ kind }) => kind,
  touches: ({ kindId }) => [row(couponKinds, kindId), row(couponBudgets, kindId), row(couponTerms, kindId, 1)],
  decide(view, { kindId, kind, actor }, context) {
    if (view.get(couponKinds, kindId)) throw new Refusal('coupon.kind-taken')
    requireSound(kind, context)
    const text = `新建优惠券「${kind.name}」：${savingText(kind.terms.saving)}`
    const nothing = { granted: 0, used: 0, ended: 0, voided: 0, reservedFen: 0, settledFen: 0, salesFen: 0 }
    return {
      changes: [
        add(couponKinds, { ...columnsOf(kind), id: kindId, version: 1, madeAt: context.now }),
        add(couponTerms, { ...termsOf(kind), kindId, version: 1 }),
        add(couponBudgets, { kindId, ...nothing }),
        logged(context.now, { actor, action: 'coupon.add', subject: subjectRef('coupon', kindId), text, detail: kind }),
      ],
      outcome: { kindId },
    }
  },
})

export interface KindChange {
  kindId: number
  /** The revision that the merchant read, for `edit.outdated`, and the version of its terms, read before the move. */
  revision: string
  version: number
  kind: EditableKind
  actor: ActorRef
  requestId: string
}

/** Changes a kind. Coupons that were granted keep their terms; new ones get the new version. */
export const changeKind = move<KindChange, { kindId: number }>('coupons.change-kind', {
  member: () => 0,
  key: ({ requestId }) => `change-coupon/${requestId}`,
  touches: ({ kindId, version }) => [
    row(couponKinds, kindId),
    row(couponBudgets, kindId),
    row(couponTerms, kindId, version + 1),
  ],
  decide(view, { kindId, revision, version, kind, actor }, context) {
    const before = view.get(couponKinds, kindId)
    if (!before) throw new Refusal('coupon.unknown')
    const wanted = columnsOf(kind)
    requireRevision(revision, columnsOf(before), wanted)
    if (before.version !== version) throw new Refusal('coupon.kind-taken')
    requireSound(kind, context)
    requireEnough(kind, view.get(couponBudgets, kindId)!)
    const isNew = JSON.stringify(termsOf(kind)) !== JSON.stringify(termsOf(before))
    const text = `修改优惠券「${before.name}」`
    const detail = differences(columnsOf(before), wanted)
    return {
      changes: [
        put(couponKinds, { ...before, ...wanted, version: isNew ? version + 1 : version }),
        ...(isNew ? [add(couponTerms, { ...termsOf(kind), kindId, version: version + 1 })] : []),
        logged(context.now, { actor, action: 'coupon.change', subject: subjectRef('coupon', kindId), text, detail }),
      ],
      outcome: { kindId },
    }
  },
})

export const columnsOf = (kind: EditableKind): EditableKind => {
  const { name, description, terms, afterReturn, pieces, moneyFen, limitPieces, limitPer, stopped } = kind
  return { name, description, terms, afterReturn, pieces, moneyFen, limitPieces, limitPer, stopped }
}

/** What every granted coupon keeps. */
const termsOf = ({ name, terms, afterReturn }: Pick<EditableKind, 'name' | 'terms' | 'afterReturn'>) => ({
  name,
  terms,
  afterReturn,
})

/** Refuses terms that nobody could use, or whose cost has no end. */
function requireSound({ terms, moneyFen }: Pick<EditableKind, 'terms' | 'moneyFen'>, { today }: DecisionContext) {
  const { saving, goods, validity } = terms
  const names = [...goods.only.categories, ...goods.only.brands, ...goods.only.skus]
  if (saving.type === 'exchange' && names.length === 0) throw new Refusal('coupon.goods-missing')
  if (saving.type === 'percent' && saving.mostFen === null && moneyFen === null)
    throw new Refusal('coupon.money-missing')
  if (validity.type === 'dates' && (validity.until < today || validity.until < validity.from))
    throw new Refusal('coupon.days-over')
}

/** Refuses a budget that is smaller than what was given already. */
function requireEnough({ pieces, moneyFen }: EditableKind, { granted, reservedFen, settledFen }: CouponBudgetRow) {
  const isEnough = (most: number | null, given: number) => most === null || most >= given
  if (!isEnough(pieces, granted) || !isEnough(moneyFen, reservedFen + settledFen))
    throw new Refusal('coupon.fewer-than-given', { granted })
}
