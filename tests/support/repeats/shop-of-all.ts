import type { Operation } from '@pointbook/shared/contract/index'
import { afterAll, beforeAll } from 'vitest'
import { anAccount } from '../accounts.ts'
import { changeRules } from '../approvals.ts'
import { changeSettings } from '../edits.ts'
import { aPartner } from '../partner.ts'
import { aPolicy, tiersOf } from '../policies.ts'
import { aWorldWithWeChat } from '../wechat-world.ts'
import { fresh, type Speaker } from '../world.ts'

const policy = {
  offset: { pointsPerYuan: 100, minimumPoints: 100, stepPoints: 100, maximumShareBp: 5_000 },
  checkIn: { ...aPolicy().checkIn, makeUp: { price: 1, daysBack: 7, perMonth: 2 } },
  tiers: tiersOf([
    { id: 'plain', name: '普通', from: 0, multiplierBp: 10_000, benefits: [] },
    { id: 'gold', name: '金卡', from: 500, multiplierBp: 10_000, benefits: [] },
  ]),
}

export let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
export let storeId: number
export let admin: Speaker
export let clerk: Speaker
export let manager: Speaker
/** A second account of the panel. */
export let second: Speaker
export let partner: Speaker

/** A shop in which every request of `arranged` is possible. */
export function inAShopOfAllRequests() {
  beforeAll(async () => {
    world = await aWorldWithWeChat({ policy })
    storeId = await world.aStore()
    admin = await world.asAdmin()
    clerk = await world.aClerk([storeId])
    manager = await world.aClerk([storeId], 'manager')
    partner = await aPartner(world, [storeId])
    await changeSettings(admin, { name: '店', notice: '', servicePhone: '', cards: true })
    second = await anAccount(world, 'manager')
    const adjustPoints = { owner: null, manager: 1_000, ownRole: null, storeManager: null }
    await changeRules(admin, { adjustPoints, purchaseFen: 10_000_00 })
  })
  afterAll(() => world.close())
}

interface Repeat {
  by: Speaker
  input: object
  /** Another input under the same request id; left out where the id names nothing else. */
  other?: object
}

export const lines = [{ name: '茶', quantity: 1, amountFen: 1_000 }]
export const requestId = () => fresh()

export async function aBuyer() {
  const memberId = await world.aMember({ points: 500 })
  return { memberId, me: await world.asMember(memberId) }
}
export const visitOf = (memberId: number, by = clerk) => world.aVisit(by, memberId, storeId)
export const numberOf = (memberId: number) => ({ memberNo: String(memberId) })

export async function anOrder() {
  const [{ me, memberId }, itemId] = [await aBuyer(), await world.anItem()]
  const wish = { itemId, quantity: 1, storeId, points: 100, requestId: requestId() }
  const { order } = await me.call('POST /mall/redemptions', wish)
  return { me, memberId, order }
}

export async function aPurchase() {
  const { memberId } = await aBuyer()
  return { memberId, ...(await world.buy(clerk, memberId, storeId, [1_000])) }
}

export async function aSpendRequest() {
  const { memberId, me } = await aBuyer()
  const wanted = { storeId, member: numberOf(memberId) }
  const { visit } = await clerk.call('POST /clerk/look-ups', wanted)
  return { me, input: { visit, storeId, draftId: fresh('draft'), points: 100, requestId: requestId() } }
}

export async function aCase() {
  const { memberId } = await aBuyer()
  const opening = { memberIds: [memberId], reason: '刷单', freeze: true, requestId: requestId() }
  return { memberId, ...(await admin.call('POST /admin/cases', opening)) }
}

export async function aCard(): Promise<string> {
  const { batchId } = await admin.call('POST /admin/card-batches', { cards: 1, requestId: requestId() })
  const { cardNos } = (await admin.call('GET /admin/card-batches/:batchId', { batchId })) as { cardNos: string[] }
  return cardNos[0]!
}

/** What a person without a session proves. */
export const proofsOf = async (openid: string) => ({
  signUpTicket: await world.aTicket(openid),
  phoneCode: await world.phoneCode(openid),
  requestId: requestId(),
})

/** A purchase of the clerk that waits, and the decision that approves it. */
export async function aHeldPurchase() {
  const visit = await visitOf((await aBuyer()).memberId)
  const costly = [{ name: '冰箱', quantity: 1, amountFen: 10_000_01 }]
  const sale = { visit, storeId, requestId: fresh('draft'), lines: costly }
  const { approvalId } = (await clerk.ask('POST /clerk/purchases', sale)).body.waiting as { approvalId: number }
  const { figures } = await admin.call('GET /admin/approvals/:approvalId', { approvalId })
  const input = { approvalId, decision: 'approve', reason: '核对过', figures, requestId: requestId() }
  return { approvalId, decision: { input, other: { reason: '别的' } } }
}

/** By operation: caller and input, with everything that must exist before. */
export type Arranged = Partial<Record<Operation, () => Promise<Repeat>>>
