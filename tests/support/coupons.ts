import type { Api } from '@pointbook/shared/contract/index'
import type { CouponTerms } from '@pointbook/shared/contract/spending/coupon-terms'
import { fresh, type Speaker } from './world.ts'

const none = { categories: [], brands: [], skus: [] }

const usual: CouponTerms = {
  saving: { type: 'amount', offFen: 10_00, fromFen: 0 },
  goods: { only: none, except: none },
  place: { storeIds: [], channels: [], weekdays: [], hours: null },
  validity: { type: 'days', after: 0, days: 30 },
  stacking: { coupons: true, pieces: 10, offset: true },
}

type Input = Omit<Api['POST /admin/coupons']['input'], 'terms' | 'requestId'>

/** What the merchant sends for a kind of coupon that can be used everywhere for 30 days. */
export const usualKind: Input & { terms: CouponTerms } = {
  name: '测试券',
  description: '',
  terms: usual,
  afterReturn: 'back',
  pieces: null,
  moneyFen: null,
  limitPieces: null,
  limitPer: 'ever',
  stopped: false,
}

/** Such a kind, with other terms. */
export const aKind = (admin: Speaker, terms: Partial<CouponTerms> = {}, more: Partial<Input> = {}) =>
  admin.call('POST /admin/coupons', { ...usualKind, terms: { ...usual, ...terms }, ...more, requestId: fresh() })

/** Gives members coupons, as the merchant does, and waits until they have them. */
export async function grantTo(
  world: { settle(): Promise<unknown> },
  admin: Speaker,
  kindId: number,
  memberIds: readonly number[],
  pieces = 1,
) {
  const whom = { by: 'members' as const, memberNos: memberIds.map(String) }
  const wish = { kindId, whom, pieces, members: memberIds.length, reason: '测试', requestId: fresh() }
  await admin.call('POST /admin/coupons/:kindId/grants', wish)
  await world.settle()
}
