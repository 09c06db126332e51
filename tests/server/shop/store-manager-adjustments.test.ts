import { quotasTable } from '@pointbook/server/book/tables'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeRules } from '../../support/approvals.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh } from '../../support/world.ts'

inAStaffedShop()

let manager: Awaited<ReturnType<typeof world.aClerk>>
let memberId: number
let visit: string

beforeAll(() => setMost(100))
beforeEach(async () => {
  manager = await world.aClerk([storeId], 'manager')
  memberId = await world.aMember({ points: 300, nickname: '小美' })
  visit = await world.aVisit(manager, memberId, storeId)
})

/** The most points of one adjustment by a store manager. */
async function setMost(storeManager: number | null) {
  const { adjustPoints } = await admin.call('GET /admin/approval-rules')
  await changeRules(admin, { adjustPoints: { ...adjustPoints, storeManager } })
}

const wish = (points: number, more: object = {}) => ({
  visit,
  storeId,
  points,
  balance: 300 + points,
  reason: '补记漏记的消费',
  requestId: fresh(),
  ...more,
})
const adjust = (points: number, more: object = {}) => manager.ask('POST /clerk/adjustments', wish(points, more))
const preview = (points: number) => manager.ask('POST /clerk/adjustments/preview', { visit, storeId, points })
const balance = async (whose = memberId) => (await world.account(whose)).balance
const code = async (answer: Promise<{ body: { code: string } }>) => (await answer).body.code

describe('an adjustment by a store manager (FT6, H8)', () => {
  test('is previewed, made as shown, and names the manager, the store and the reason', async () => {
    expect((await preview(-50)).body).toEqual({ before: 300, balance: 250, because: '' })
    expect(await balance()).toBe(300)
    expect((await adjust(-50)).body).toMatchObject({ balance: 250 })
    const { rows } = await admin.call('POST /admin/audit-log/search', { action: 'points.adjust', limit: 1 })
    expect(rows).toMatchObject([
      {
        actor: `clerk/${manager.memberId}`,
        subject: `member/${memberId}`,
        text: '扣减 50 分：补记漏记的消费',
        detail: JSON.stringify({ before: { balance: 300 }, after: { balance: 250 }, storeId }),
      },
    ])
    const { rows: own } = await (await world.asMember(memberId)).call('GET /me/entries', { limit: 1 })
    expect(own).toMatchObject([{ delta: -50, balanceAfter: 250, title: expect.stringContaining('补记漏记的消费') }])
  })

  test('is refused with the new balance when it has changed since the preview', async () => {
    await world.buy(clerk, memberId, storeId, [10_00])
    expect((await adjust(10)).body).toMatchObject({ code: 'adjustment.changed', detail: { balance: 320 } })
    expect(await balance()).toBe(310)
  })

  test('sent twice is made once, also when the member was frozen in between', async () => {
    const input = wish(10)
    const first = await manager.ask('POST /clerk/adjustments', input)
    const standing = { memberId, standing: 'frozen' as const, reason: '核查', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/standing', standing)
    expect(await manager.ask('POST /clerk/adjustments', input)).toEqual(first)
    expect(await code(adjust(10, { balance: 320 }))).toBe('member.frozen')
    expect(await code(preview(10))).toBe('member.frozen')
    expect(await balance()).toBe(310)
  })

  test.each([
    [0, 'adjustment.zero'],
    [-301, 'points.overdrawn'],
  ])('of %i points is refused', async (points, refusal) => {
    await setMost(1_000)
    expect(await code(preview(points))).toBe(refusal)
    expect(await code(adjust(points, { balance: 0 }))).toBe(refusal)
    await setMost(100)
    expect(await balance()).toBe(300)
  })

  test.each(['', '   ', '补记\u0000', '一'.repeat(101), '\u202e\u200b'])(
    'needs a reason in words, not %j',
    async (reason) => {
      expect(await code(adjust(10, { reason }))).toBe('input.invalid')
      expect(await balance()).toBe(300)
    },
  )

  test('keeps marks of markup and formulas in a reason as the text that they are', async () => {
    const reason = '<img src=x onerror=alert(1)> =HYPERLINK("http://x")'
    await adjust(10, { reason })
    const { rows } = await (await world.asMember(memberId)).call('GET /me/entries', { limit: 1 })
    expect(rows[0]!.title).toContain(reason)
  })
})

describe('whose points a store manager adjusts (FT6, FS7)', () => {
  const found = async (whose: number) => {
    const member = { memberNo: String(whose).padStart(8, '0') }
    visit = (await manager.call('POST /clerk/look-ups', { storeId, member })).visit
  }

  test('neither the own nor those of the store’s staff', async () => {
    for (const whose of [manager.memberId, clerk.memberId]) {
      visit = await world.aVisit(manager, whose, storeId)
      expect(await code(preview(10))).toBe('adjustment.own')
      expect((await adjust(10, { balance: 10 })).body).toMatchObject({
        code: 'adjustment.own',
        text: '不能调整自己和本店员工的积分，请商家在后台操作',
      })
    }
  })

  test('of a member who only gave a number, when the member has been at the store', async () => {
    await found(memberId)
    expect(await code(preview(10))).toBe('adjustment.stranger')
    expect(await code(adjust(10))).toBe('adjustment.stranger')
    const elsewhere = await world.aStore('静安寺店')
    await world.buy(await world.aClerk([elsewhere]), memberId, elsewhere, [10_00])
    expect(await code(preview(10))).toBe('adjustment.stranger')
    await world.buy(clerk, memberId, storeId, [10_00])
    expect((await preview(10)).body).toMatchObject({ before: 320, balance: 330 })
  })

  test('of a visit of their own only, and while it lasts', async () => {
    visit = await world.aVisit(clerk, memberId, storeId)
    expect(await code(adjust(10))).toBe('visit.expired')
    expect(await balance()).toBe(300)
  })
})

describe('the limits of a store manager (FT6)', () => {
  test('an adjustment at the limit is made, and one above it waits for a second person', async () => {
    expect((await preview(100)).body).toMatchObject({ balance: 400, because: '' })
    expect((await adjust(100)).body).toMatchObject({ balance: 400 })
    expect((await preview(101)).body).toMatchObject({ balance: 501, because: '一次调整超过 100 分' })
    const { waiting } = (await adjust(101, { balance: 501 })).body
    expect(waiting).toMatchObject({ because: '一次调整超过 100 分' })
    expect(await balance()).toBe(400)
    expect((await manager.call('GET /clerk/approvals')).own).toMatchObject([
      { approvalId: waiting.approvalId, kind: 'adjustment', state: 'waiting', own: true },
    ])
    const { approvalId } = waiting
    const { figures } = await admin.call('GET /admin/approvals/:approvalId', { approvalId })
    const decision = { approvalId, decision: 'approve' as const, reason: '', figures: figures!, requestId: fresh() }
    expect(await admin.call('POST /admin/approvals/:approvalId/decision', decision)).toMatchObject({
      state: 'approved',
    })
    expect(await balance()).toBe(501)
  })

  test('a day has room for five of the greatest, and another day for as many again', async () => {
    for (let times = 1; times <= 4; times++) await adjust(100, { balance: 300 + times * 100 })
    await adjust(-60, { balance: 640 })
    expect((await adjust(41, { balance: 681 })).body).toMatchObject({
      code: 'adjustment.day-full',
      text: '店长每天最多调整 500 分，您今天已调整 460 分。今天还要调整的，请商家在后台操作',
    })
    expect(await code(preview(41))).toBe('adjustment.day-full')
    expect((await adjust(40, { balance: 680 })).status).toBe(200)
    world.clock.travelDays(1)
    visit = await world.aVisit(manager, memberId, storeId)
    expect((await adjust(41, { balance: 721 })).status).toBe(200)
    const colleague = await world.aClerk([storeId], 'manager')
    const theirs = await world.aVisit(colleague, memberId, storeId)
    const input = { ...wish(100, { balance: 821 }), visit: theirs }
    expect((await colleague.ask('POST /clerk/adjustments', input)).status).toBe(200)
  })

  test('twenty adjustments at once, of several members, go no further than the day', async () => {
    const others = await Promise.all(Array.from({ length: 20 }, () => world.aMember()))
    const visits = []
    for (const other of others) visits.push(await world.aVisit(manager, other, storeId))
    const answers = await Promise.all(visits.map((theirs) => adjust(30, { visit: theirs, balance: 30 })))
    const made = answers.filter(({ status }) => status === 200)
    expect(made).toHaveLength(16)
    expect(answers.filter(({ body }) => body.code === 'adjustment.day-full')).toHaveLength(4)
    const balances = await Promise.all(others.map(balance))
    expect(balances.reduce((sum, one) => sum + one, 0)).toBe(480)
    const quotas = await world.db.select().from(quotasTable).where(eq(quotasTable.memberId, manager.memberId))
    expect(quotas.map(({ used }) => used)).toEqual([480])
  })

  test('are none where the merchant has set none', async () => {
    await setMost(null)
    for (const balance of [1_300, 2_300, 3_300, 4_300, 5_300, 6_300])
      expect((await adjust(1_000, { balance })).status).toBe(200)
    await setMost(100)
  })
})
