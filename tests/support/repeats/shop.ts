import { fresh } from '../world.ts'
import {
  type Arranged,
  aBuyer,
  admin,
  aHeldPurchase,
  clerk,
  manager,
  requestId,
  second,
  storeId,
  visitOf,
  world,
} from './shop-of-all.ts'

export const shop: Arranged = {
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
  'POST /admin/announcements': async () => {
    const input = { title: '新品', body: '上新了', publish: true, requestId: requestId() }
    return { by: admin, input, other: { title: '旧品' } }
  },
  'POST /admin/stores': async () => {
    const input = { name: '新店', address: '', hours: '', open: true, requestId: requestId() }
    return { by: admin, input, other: { name: '旧店' } }
  },
}
