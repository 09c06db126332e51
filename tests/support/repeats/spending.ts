import { aKind, grantTo, usualKind } from '../coupons.ts'
import { type Arranged, aBuyer, admin, anOrder, requestId, storeId, world } from './shop-of-all.ts'

export const spending: Arranged = {
  'POST /mall/redemptions': async () => {
    const itemId = await world.anItem()
    const input = { itemId, quantity: 1, storeId, points: 100, requestId: requestId() }
    return { by: (await aBuyer()).me, input, other: { quantity: 2 } }
  },
  'POST /me/redemptions/:orderNo/cancel': async () => {
    const { me, order } = await anOrder()
    return { by: me, input: { orderNo: order.orderNo, requestId: requestId() } }
  },
  'POST /admin/coupons': async () => {
    const input = { ...usualKind, requestId: requestId() }
    return { by: admin, input, other: { name: '别的券' } }
  },
  'POST /admin/coupons/:kindId/grants': async () => {
    const [{ kindId }, { memberId }] = [await aKind(admin), await aBuyer()]
    const whom = { by: 'members', memberNos: [String(memberId)] }
    const input = { kindId, whom, pieces: 1, members: 1, reason: '开业', requestId: requestId() }
    return { by: admin, input, other: { pieces: 2 } }
  },
  'POST /admin/members/:memberId/coupons/:seq/voiding': async () => {
    const [{ kindId }, { memberId }] = [await aKind(admin), await aBuyer()]
    await grantTo(world, admin, kindId, [memberId])
    return { by: admin, input: { memberId, seq: 1, reason: '发错', requestId: requestId() }, other: { reason: '别的' } }
  },
  'POST /admin/items': async () => {
    const texts = { name: '杯子', category: '生活', pictureUrl: '', description: '', instructions: '', position: 0 }
    const terms = { points: 10, worthFen: 100, limitPerMember: null, listed: true, stock: 5 }
    return { by: admin, input: { ...texts, ...terms, requestId: requestId() }, other: { name: '碗' } }
  },
  'POST /admin/items/:itemId/stock': async () => {
    const input = { itemId: await world.anItem(), delta: 5, reason: '到货', requestId: requestId() }
    return { by: admin, input, other: { delta: 6 } }
  },
  'POST /admin/redemptions/:orderNo/cancel': async () => {
    const { order } = await anOrder()
    return { by: admin, input: { orderNo: order.orderNo, reason: '缺货', requestId: requestId() } }
  },
  'POST /admin/redemptions/:orderNo/hand-over': async () => {
    const { order } = await anOrder()
    return { by: admin, input: { orderNo: order.orderNo, code: order.pickupCode, requestId: requestId() } }
  },
}
