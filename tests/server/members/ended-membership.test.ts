import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeSettings } from '../../support/edits.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let admin: Speaker
let clerk: Awaited<ReturnType<typeof world.aClerk>>

beforeAll(async () => {
  const offset = { pointsPerYuan: 100, minimumPoints: 100, stepPoints: 100, maximumShareBp: 10_000 }
  world = await aWorld({ policy: { offset } })
  storeId = await world.aStore()
  admin = await world.asAdmin()
  clerk = await world.aClerk([storeId])
  await changeSettings(admin, { name: '店', notice: '', servicePhone: '', cards: true })
})
afterAll(() => world.close())

async function cancelMembership(memberId: number) {
  const opening = { memberIds: [memberId], reason: '刷单', freeze: true, requestId: fresh() }
  const { caseId } = await admin.call('POST /admin/cases', opening)
  const verdict = { caseId, memberId, decision: 'cancelled', reason: '属实' } as const
  await admin.call('POST /admin/cases/:caseId/decisions', verdict)
  await world.settle()
}

async function mergeAway(memberId: number) {
  const keptId = await world.aMember({ nickname: '林小满' })
  const merge = { memberId: keptId, doubleId: memberId, reason: '同一人', requestId: fresh() }
  await admin.call('POST /admin/members/:memberId/merge', merge)
  await world.settle()
}

async function aBlankCard(): Promise<string> {
  const { batchId } = await admin.call('POST /admin/card-batches', { cards: 1, requestId: fresh() })
  return (await admin.call('GET /admin/card-batches/:batchId', { batchId })).cardNos[0]!
}

const balanceOf = async (memberId: number) => (await world.account(memberId)).balance

it('names the kept record in every refusal of the merchant’s requests for a double (FM23)', async () => {
  const memberId = await world.aMember({ points: 50 })
  const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
  await mergeAway(memberId)
  const asked = { memberId, reason: '补', requestId: fresh() }
  for (const [operation, wish] of [
    ['POST /admin/members/:memberId/adjustments', { ...asked, points: 5 }],
    ['POST /admin/members/:memberId/standing', { ...asked, standing: 'frozen' }],
    ['POST /admin/members/:memberId/acts', { memberId, trigger: 'review', code: '', note: '好', requestId: fresh() }],
    ['POST /admin/members/:memberId/phone', { ...asked, phone: '13912345678' }],
    ['POST /admin/members/:memberId/wechat/release', asked],
    ['POST /admin/members/:memberId/cards', { memberId, cardNo: await aBlankCard() }],
    [
      'PATCH /admin/members/:memberId/profile',
      { memberId, revision: revisions.profile, reason: '补', address: '路 1 号' },
    ],
    ['PUT /admin/staff/:memberId', { memberId, role: 'clerk', storeIds: [storeId], revision: null }],
    ['POST /admin/cases', { memberIds: [memberId], reason: '刷单', freeze: true, requestId: fresh() }],
  ] as const) {
    const { body } = await admin.ask(operation, wish)
    expect([operation, body.code, body.text]).toEqual([
      operation,
      'member.merged-into',
      expect.stringContaining('林小满'),
    ])
  }
})

describe.each([
  ['cancelled', cancelMembership],
  ['merged into another', mergeAway],
])('a membership that was %s', (_how, end) => {
  it('gets no points by hand, no card and no post at the tills', async () => {
    const memberId = await world.aMember({ points: 50 })
    const visit = await world.aVisit(clerk, memberId, storeId)
    await end(memberId)
    const wishes: [Speaker, string, object][] = [
      [admin, 'POST /admin/members/:memberId/adjustments', { memberId, points: 5, reason: '补', requestId: fresh() }],
      [admin, 'POST /admin/members/:memberId/cards', { memberId, cardNo: await aBlankCard() }],
      [clerk, 'POST /clerk/cards', { visit, cardNo: await aBlankCard() }],
      [admin, 'PUT /admin/staff/:memberId', { memberId, role: 'clerk', storeIds: [storeId], revision: null }],
    ]
    for (const [speaker, operation, wish] of wishes)
      expect([operation, (await speaker.ask(operation, wish)).body.code]).toEqual([
        operation,
        expect.stringMatching(/^member\.(cancelled|merged-into)$/),
      ])
    expect(await balanceOf(memberId)).toBe(0)
  })

  it('keeps no points that come back with a cancelled order or with returned goods', async () => {
    const memberId = await world.aMember({ points: 500 })
    const me = await world.asMember(memberId)
    const wish = { itemId: await world.anItem({ points: 50 }), quantity: 1, storeId, requestId: fresh() }
    const { orderNo } = (await me.call('POST /mall/redemptions', wish)).order
    const visit = await world.aVisit(clerk, memberId, storeId)
    const lines = [{ name: '茶', quantity: 1, amountFen: 1_000 }]
    const receipt = { visit, storeId, requestId: fresh(), lines, offsetPoints: 200 }
    const { receiptNo } = await clerk.call('POST /clerk/purchases', receipt)
    await end(memberId)
    const { outstanding } = await admin.call('GET /admin/liability', {})
    await admin.call('POST /admin/redemptions/:orderNo/cancel', { orderNo, reason: '缺货', requestId: fresh() })
    const goods = [{ line: 0, quantity: 1, amountFen: 1_000 }]
    const back = { storeId, receiptNo, lines: goods, requestId: fresh() }
    const { offset } = await clerk.call('POST /clerk/returns', back)
    expect(await balanceOf(memberId)).toBe(0)
    const kept = (await admin.call('GET /admin/members/:memberId', { memberId })).mergedInto
    // The 8 points earned by 8 yuan are taken back; the 250 spent ones return to the record that the double was merged into.
    const later = kept ? outstanding + 250 - 8 : outstanding
    expect((await admin.call('GET /admin/liability', {})).outstanding).toBe(later)
    expect(offset).toMatchObject({ points: 200, lapsed: kept ? 0 : 200 })
    expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
  })
})
