import { type Arranged, aBuyer, aCase, admin, requestId, world } from './shop-of-all.ts'

export const care: Arranged = {
  'POST /me/message-credits': async () => {
    const answers = [{ templateId: 'demo-expiry-template', answer: 'accept' }]
    return { by: (await aBuyer()).me, input: { answers, requestId: requestId() } }
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
}
