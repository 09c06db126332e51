import { type Arranged, aBuyer, admin, aPurchase, requestId } from './shop-of-all.ts'

export const points: Arranged = {
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
  'POST /admin/members/:memberId/standing': async () => {
    const { memberId } = await aBuyer()
    const input = { memberId, standing: 'frozen', reason: '核实', requestId: requestId() }
    return { by: admin, input, other: { standing: 'active' } }
  },
  'POST /admin/policies': async () => {
    const { latest, inForce } = await admin.call('GET /admin/policy')
    const input = { policy: inForce, note: '再发布', basedOn: latest, requestId: requestId() }
    return { by: admin, input, other: { note: '别的' } }
  },
  'POST /admin/backtests': async () => {
    const { inForce } = await admin.call('GET /admin/policy')
    return { by: admin, input: { policy: inForce, from: '2026-01-01', until: '2026-01-31', requestId: requestId() } }
  },
}
