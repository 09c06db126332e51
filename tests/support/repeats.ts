import { guardians } from '@pointbook/server/features/members/guardians/tables'
import type { Operation } from '@pointbook/shared/contract/index'
import { afterAll, beforeAll } from 'vitest'
import { anAccount } from './accounts.ts'
import { changeRules } from './approvals.ts'
import { changeSettings } from './edits.ts'
import { aPartner } from './partner.ts'
import { aPolicy, tiersOf } from './policies.ts'
import { aWorldWithWeChat } from './wechat-world.ts'
import { fresh, type Speaker } from './world.ts'

const policy = {
  offset: { pointsPerYuan: 100, minimumPoints: 100, stepPoints: 100, maximumShareBp: 5_000 },
  checkIn: { ...aPolicy().checkIn, makeUp: { price: 1, daysBack: 7, perMonth: 2 } },
  tiers: tiersOf([
    { id: 'plain', name: '普通', from: 0, multiplierBp: 10_000, benefits: [] },
    { id: 'gold', name: '金卡', from: 500, multiplierBp: 10_000, benefits: [] },
  ]),
}

export let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
let storeId: number
let admin: Speaker
let clerk: Speaker
let manager: Speaker
/** A second account of the panel. */
let second: Speaker
let partner: Speaker

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

const lines = [{ name: '茶', quantity: 1, amountFen: 1_000 }]
const requestId = () => fresh()

async function aBuyer() {
  const memberId = await world.aMember({ points: 500 })
  return { memberId, me: await world.asMember(memberId) }
}
const visitOf = (memberId: number, by = clerk) => world.aVisit(by, memberId, storeId)
const numberOf = (memberId: number) => ({ memberNo: String(memberId) })

async function anOrder() {
  const [{ me, memberId }, itemId] = [await aBuyer(), await world.anItem()]
  const wish = { itemId, quantity: 1, storeId, points: 100, requestId: requestId() }
  const { order } = await me.call('POST /mall/redemptions', wish)
  return { me, memberId, order }
}

async function aPurchase() {
  const { memberId } = await aBuyer()
  return { memberId, ...(await world.buy(clerk, memberId, storeId, [1_000])) }
}

async function aSpendRequest() {
  const { memberId, me } = await aBuyer()
  const wanted = { storeId, member: numberOf(memberId) }
  const { visit } = await clerk.call('POST /clerk/look-ups', wanted)
  return { me, input: { visit, storeId, draftId: fresh('draft'), points: 100, requestId: requestId() } }
}

async function aCase() {
  const { memberId } = await aBuyer()
  const opening = { memberIds: [memberId], reason: '刷单', freeze: true, requestId: requestId() }
  return { memberId, ...(await admin.call('POST /admin/cases', opening)) }
}

async function aCard(): Promise<string> {
  const { batchId } = await admin.call('POST /admin/card-batches', { cards: 1, requestId: requestId() })
  const { cardNos } = (await admin.call('GET /admin/card-batches/:batchId', { batchId })) as { cardNos: string[] }
  return cardNos[0]!
}

/** What a person without a session proves. */
const proofsOf = async (openid: string) => ({
  signUpTicket: await world.aTicket(openid),
  phoneCode: await world.phoneCode(openid),
  requestId: requestId(),
})

/** A purchase of the clerk that waits, and the decision that approves it. */
async function aHeldPurchase() {
  const visit = await visitOf((await aBuyer()).memberId)
  const costly = [{ name: '冰箱', quantity: 1, amountFen: 10_000_01 }]
  const sale = { visit, storeId, requestId: fresh('draft'), lines: costly }
  const { approvalId } = (await clerk.ask('POST /clerk/purchases', sale)).body.waiting as { approvalId: number }
  const { figures } = await admin.call('GET /admin/approvals/:approvalId', { approvalId })
  const input = { approvalId, decision: 'approve', reason: '核对过', figures, requestId: requestId() }
  return { approvalId, decision: { input, other: { reason: '别的' } } }
}

/** By operation: caller and input, with everything that must exist before. */
export const arranged: Partial<Record<Operation, () => Promise<Repeat>>> = {
  'POST /members': async () => {
    const { openid } = await world.aPerson()
    return { by: world.anyone(), input: { ...(await proofsOf(openid)), agreed: true } }
  },
  'POST /members/rebinding': async () => {
    const { openid, phone } = await world.aPerson()
    await world.anyone().ask('POST /members', { ...(await proofsOf(openid)), agreed: true })
    const another = await world.aPerson(phone)
    return { by: world.anyone(), input: await proofsOf(another.openid) }
  },
  'POST /guardian-requests/confirmation': async () => {
    const [child, guardian] = [await world.aPerson(), await world.aPerson()]
    const signUpTicket = await world.aTicket(child.openid)
    const { code: guardianCode } = await world.anyone().call('POST /guardian-requests', { signUpTicket })
    const loginCode = await world.loginCode(guardian.openid)
    const { guardianTicket } = await world.anyone().call('POST /guardian-requests/opened', { guardianCode, loginCode })
    const { version: agreement } = await world.anyone().call('GET /agreement')
    const phoneCode = await world.phoneCode(guardian.openid)
    return { by: world.anyone(), input: { guardianCode, guardianTicket, phoneCode, agreement, requestId: requestId() } }
  },
  'POST /admin/members/:memberId/guardian/withdrawal': async () => {
    const { memberId } = await aBuyer()
    const consent = { phoneSealed: '', phoneMasked: '', version: 1, confirmedAt: world.clock.now() }
    await world.db.insert(guardians).values({ memberId, ...consent })
    const { points } = await admin.call('GET /admin/members/:memberId/leaving', { memberId })
    return {
      by: admin,
      input: { memberId, points, reason: '监护人来电', requestId: requestId() },
      other: { reason: '改了' },
    }
  },
  'POST /me/consents': async () => {
    const input = { purpose: 'reminders', allowed: false, requestId: requestId() }
    return { by: (await aBuyer()).me, input, other: { allowed: true } }
  },
  'POST /me/agreement': async () => {
    const { version } = await world.anyone().call('GET /agreement')
    return { by: (await aBuyer()).me, input: { version, requestId: requestId() } }
  },
  'POST /admin/members/:memberId/consents/refusal': async () => {
    const { memberId } = await aBuyer()
    const input = { memberId, purpose: 'birthday', reason: '会员来电', requestId: requestId() }
    return { by: admin, input, other: { purpose: 'reminders' } }
  },
  'POST /me/check-ins': async () => ({ by: (await aBuyer()).me, input: {} }),
  'POST /me/check-ins/make-up': async () => {
    const { me } = await aBuyer()
    world.clock.travelDays(2)
    const { makeUp } = await me.call('GET /me/check-ins', {})
    return { by: me, input: { on: makeUp!.days[0]!.on, requestId: requestId() } }
  },
  'POST /me/message-credits': async () => {
    const answers = [{ templateId: 'demo-expiry-template', answer: 'accept' }]
    return { by: (await aBuyer()).me, input: { answers, requestId: requestId() } }
  },
  'POST /mall/redemptions': async () => {
    const itemId = await world.anItem()
    const input = { itemId, quantity: 1, storeId, points: 100, requestId: requestId() }
    return { by: (await aBuyer()).me, input, other: { quantity: 2 } }
  },
  'POST /me/redemptions/:orderNo/cancel': async () => {
    const { me, order } = await anOrder()
    return { by: me, input: { orderNo: order.orderNo, requestId: requestId() } }
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
  'POST /admin/accounts': async () => {
    const account = { login: fresh('login'), name: '小陈', role: 'reader', storeIds: null }
    return { by: admin, input: { ...account, requestId: requestId() }, other: { name: '小王' } }
  },
  'POST /admin/accounts/:login/reset': async () => {
    const account = { login: fresh('login'), name: '小陈', role: 'reader', storeIds: null }
    const { login } = await admin.call('POST /admin/accounts', { ...account, requestId: requestId() })
    return { by: admin, input: { login, requestId: requestId() } }
  },
  'POST /admin/roles': async () => {
    const role = { name: fresh('角').slice(0, 12), permissions: ['members.read' as const] }
    return { by: admin, input: { ...role, requestId: requestId() }, other: { permissions: ['orders.read'] } }
  },
  'POST /admin/approvals/:approvalId/decision': async () => ({ by: admin, ...(await aHeldPurchase()).decision }),
  'POST /clerk/approvals/:approvalId/decision': async () => ({ by: manager, ...(await aHeldPurchase()).decision }),
  'POST /clerk/approvals/:approvalId/withdrawal': async () => {
    const { approvalId } = await aHeldPurchase()
    return { by: clerk, input: { approvalId, requestId: requestId() } }
  },
  'POST /admin/approvals/:approvalId/withdrawal': async () => {
    const { memberId } = await aBuyer()
    const wish = { memberId, points: 1_001, reason: '补发', requestId: requestId() }
    const { body } = await second.ask('POST /admin/members/:memberId/adjustments', wish)
    return { by: second, input: { approvalId: body.waiting.approvalId, requestId: requestId() } }
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
  'POST /clerk/staff': async () => {
    const { memberId } = await aBuyer()
    return { by: manager, input: { visit: await visitOf(memberId, manager), storeId, requestId: requestId() } }
  },
  'POST /clerk/adjustments': async () => {
    const { memberId } = await aBuyer()
    const wish = { visit: await visitOf(memberId, manager), storeId, points: 10, balance: 510, reason: '补记' }
    return { by: manager, input: { ...wish, requestId: requestId() }, other: { points: 11 } }
  },
  'POST /clerk/staff/:memberId/removal': async () => {
    const { memberId } = await world.aClerk([storeId])
    return { by: manager, input: { memberId, storeId, requestId: requestId() } }
  },
  'POST /clerk/cards': async () => {
    const { memberId } = await aBuyer()
    return { by: clerk, input: { visit: await visitOf(memberId), cardNo: await aCard() } }
  },
  'POST /admin/members/:memberId/cards': async () => {
    const { memberId } = await aBuyer()
    return { by: admin, input: { memberId, cardNo: await aCard() } }
  },
  'POST /admin/members/:memberId/tier': async () => {
    const { memberId } = await aBuyer()
    const input = { memberId, tierId: 'gold', until: '2030-12-31', reason: '老顾客', requestId: requestId() }
    return { by: admin, input, other: { reason: '别的' } }
  },
  'POST /admin/members/:memberId/tier/end': async () => {
    const { memberId } = await aBuyer()
    const grant = { memberId, tierId: 'gold', until: '2030-12-31', reason: '老顾客', requestId: requestId() }
    await admin.call('POST /admin/members/:memberId/tier', grant)
    return { by: admin, input: { memberId, reason: '到期', requestId: requestId() } }
  },
  'POST /admin/announcements': async () => {
    const input = { title: '新品', body: '上新了', publish: true, requestId: requestId() }
    return { by: admin, input, other: { title: '旧品' } }
  },
  'POST /admin/members/:memberId/adjustments': async () => {
    const { memberId } = await aBuyer()
    const input = { memberId, points: 10, reason: '补发', requestId: requestId() }
    return { by: admin, input, other: { points: 11 } }
  },
  'POST /admin/members/:memberId/extensions': async () => {
    const { memberId } = await aPurchase()
    const input = { memberId, endingBy: '2030-01-01', expiresOn: '2031-01-01', reason: '延期', requestId: requestId() }
    return { by: admin, input, other: { expiresOn: '2032-01-01' } }
  },
  'POST /admin/members/:memberId/acts': async () => {
    const { memberId } = await aBuyer()
    const input = { memberId, trigger: 'event', code: 'stay', note: '入住', requestId: requestId() }
    return { by: admin, input }
  },
  'POST /me/leaving': async () => {
    const { me } = await aBuyer()
    return { by: me, input: { points: 500, requestId: requestId() }, other: { points: 400 } }
  },
  'POST /admin/members/:memberId/leaving': async () => {
    const { memberId } = await aBuyer()
    const input = { memberId, points: 500, reason: '会员来电', requestId: requestId() }
    return { by: admin, input, other: { points: 400 } }
  },
  'POST /admin/members/:memberId/standing': async () => {
    const { memberId } = await aBuyer()
    const input = { memberId, standing: 'frozen', reason: '核实', requestId: requestId() }
    return { by: admin, input, other: { standing: 'active' } }
  },
  'POST /admin/members/:memberId/phone': async () => {
    const { memberId } = await aBuyer()
    const input = { memberId, phone: '13812340009', reason: '换号', requestId: requestId() }
    return { by: admin, input, other: { phone: '13812340010' } }
  },
  'POST /admin/members/:memberId/wechat/release': async () => {
    const { memberId } = await aBuyer()
    return { by: admin, input: { memberId, reason: '换微信', requestId: requestId() }, other: { reason: '别的' } }
  },
  'POST /admin/members/:memberId/merge': async () => {
    const [{ memberId }, { memberId: doubleId }] = [await aBuyer(), await aBuyer()]
    return { by: admin, input: { memberId, doubleId, reason: '同一人', requestId: requestId() } }
  },
  'POST /admin/cases': async () => {
    const { memberId } = await aBuyer()
    const input = { memberIds: [memberId], reason: '刷单', freeze: true, requestId: requestId() }
    return { by: admin, input, other: { reason: '别的' } }
  },
  'POST /admin/cases/:caseId/notes': async () => {
    const { caseId } = await aCase()
    return { by: admin, input: { caseId, text: '已联系', requestId: requestId() }, other: { text: '未联系' } }
  },
  'POST /admin/cases/:caseId/takings': async () => {
    const { caseId, memberId } = await aCase()
    const seq = (await world.entries(memberId)).at(-1)!.seq
    return { by: admin, input: { caseId, memberId, seqs: [seq], reason: '违规', requestId: requestId() } }
  },
  'POST /admin/cases/:caseId/decisions': async () => {
    const { caseId, memberId } = await aCase()
    return { by: admin, input: { caseId, memberId, decision: 'reinstated', reason: '误会' } }
  },
  'POST /admin/cases/:caseId/announcement': async () => {
    const { caseId, memberId } = await aCase()
    const verdict = { caseId, memberId, decision: 'reinstated', reason: '误会' } as const
    await admin.call('POST /admin/cases/:caseId/decisions', verdict)
    const input = { caseId, title: '公示', body: '结果', requestId: requestId() }
    return { by: admin, input, other: { title: '再公示' } }
  },
  'POST /admin/compensations': async () => {
    const whom = { by: 'members', memberNos: [String((await aBuyer()).memberId)] }
    return { by: admin, input: { whom, points: 5, reason: '补偿', requestId: requestId() }, other: { points: 6 } }
  },
  'POST /admin/card-batches': async () => ({
    by: admin,
    input: { cards: 3, requestId: requestId() },
    other: { cards: 4 },
  }),
  'POST /admin/policies': async () => {
    const { latest, inForce } = await admin.call('GET /admin/policy')
    const input = { policy: inForce, note: '再发布', basedOn: latest, requestId: requestId() }
    return { by: admin, input, other: { note: '别的' } }
  },
  'POST /admin/backtests': async () => {
    const { inForce } = await admin.call('GET /admin/policy')
    return { by: admin, input: { policy: inForce, from: '2026-01-01', until: '2026-01-31', requestId: requestId() } }
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
  'POST /admin/stores': async () => {
    const input = { name: '新店', address: '', hours: '', open: true, requestId: requestId() }
    return { by: admin, input, other: { name: '旧店' } }
  },
  'POST /admin/api-keys': async () => {
    const input = { name: '网店', storeIds: [storeId], perMinute: 60, requestId: requestId() }
    return { by: admin, input, other: { perMinute: 61 } }
  },
  'POST /open/events': async () => {
    const member = numberOf((await aBuyer()).memberId)
    return { by: partner, input: { eventId: fresh('e'), type: 'event', code: 'stay', member } }
  },
  'POST /open/purchases': async () => {
    const member = numberOf((await aBuyer()).memberId)
    return { by: partner, input: { storeId, receiptNo: fresh('R'), requestId: requestId(), member, lines } }
  },
  'POST /open/returns': async () => {
    const { receiptNo } = await aPurchase()
    const some = [{ line: 0, quantity: 0, amountFen: 400 }]
    return { by: partner, input: { storeId, receiptNo, lines: some, requestId: requestId() } }
  },
}
