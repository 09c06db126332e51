import { guardians } from '@pointbook/server/features/members/guardians/tables'
import { type Arranged, aBuyer, aCard, admin, clerk, proofsOf, requestId, visitOf, world } from './shop-of-all.ts'

export const members: Arranged = {
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
  'POST /clerk/cards': async () => {
    const { memberId } = await aBuyer()
    return { by: clerk, input: { visit: await visitOf(memberId), cardNo: await aCard() } }
  },
  'POST /admin/members/:memberId/cards': async () => {
    const { memberId } = await aBuyer()
    return { by: admin, input: { memberId, cardNo: await aCard() } }
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
  'POST /admin/card-batches': async () => ({
    by: admin,
    input: { cards: 3, requestId: requestId() },
    other: { cards: 4 },
  }),
}
