import { fresh } from '../world.ts'
import {
  type Arranged,
  aBuyer,
  admin,
  anOrder,
  aPurchase,
  aSpendRequest,
  clerk,
  lines,
  requestId,
  storeId,
  visitOf,
  world,
} from './shop-of-all.ts'

export const earning: Arranged = {
  'POST /me/check-ins': async () => ({ by: (await aBuyer()).me, input: {} }),
  'POST /me/check-ins/make-up': async () => {
    const { me } = await aBuyer()
    world.clock.travelDays(2)
    const { makeUp } = await me.call('GET /me/check-ins', {})
    return { by: me, input: { on: makeUp!.days[0]!.on, requestId: requestId() } }
  },
  'POST /clerk/scans': async () => {
    const { code } = await (await aBuyer()).me.call('GET /me/code')
    return { by: clerk, input: { code, storeId, requestId: requestId() } }
  },
  'POST /clerk/purchases': async () => {
    const visit = await visitOf((await aBuyer()).memberId)
    return { by: clerk, input: { visit, storeId, receiptNo: fresh('R'), requestId: requestId(), lines } }
  },
  'POST /clerk/returns': async () => {
    const { receiptNo } = await aPurchase()
    const some = (amountFen: number) => [{ line: 0, quantity: 0, amountFen }]
    const input = { storeId, receiptNo, lines: some(400), requestId: requestId() }
    return { by: clerk, input, other: { lines: some(300) } }
  },
  'POST /admin/purchases/returns': async () => {
    const { receiptNo } = await aPurchase()
    const some = (amountFen: number) => [{ line: 0, quantity: 0, amountFen }]
    const input = { storeId, receiptNo, lines: some(400), reason: '门店已停业', requestId: requestId() }
    return { by: admin, input, other: { lines: some(300) } }
  },
  'POST /admin/purchases/confirmations': async () => {
    const { receiptNo } = await aPurchase()
    return { by: admin, input: { storeId, receiptNo } }
  },
  'POST /admin/referrals/:inviteeId/review': async () => {
    const inviteeId = await world.aMember()
    const { inviteCode } = await clerk.call('GET /me/invitation')
    await world.bring(inviteeId, inviteCode)
    await world.buy(clerk, inviteeId, storeId, [5_000])
    await world.settle()
    return { by: admin, input: { inviteeId, approve: true, reason: '核对过小票' } }
  },
  'POST /clerk/spend-requests': async () => {
    const { input } = await aSpendRequest()
    return { by: clerk, input, other: { points: 200 } }
  },
  'POST /me/spend-requests/:draftId': async () => {
    const { me, input } = await aSpendRequest()
    await clerk.call('POST /clerk/spend-requests', input)
    const answer = { draftId: input.draftId, points: input.points, accept: true, requestId: requestId() }
    return { by: me, input: answer, other: { accept: false } }
  },
  'POST /clerk/pickups': async () => {
    const { order } = await anOrder()
    return { by: clerk, input: { code: order.pickupCode, storeId, requestId: requestId() } }
  },
  'POST /admin/members/:memberId/acts': async () => {
    const { memberId } = await aBuyer()
    const input = { memberId, trigger: 'event', code: 'stay', note: '入住', requestId: requestId() }
    return { by: admin, input }
  },
}
