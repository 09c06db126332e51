import { unusedCode } from '@pointbook/server/features/members/codes/codes'
import { codeJobs } from '@pointbook/server/features/members/codes/jobs'
import { memberCodeUsesTable } from '@pointbook/server/features/members/codes/tables'
import { visitOf } from '@pointbook/server/features/members/codes/visits'
import { changeStanding } from '@pointbook/server/features/points/ledger/moves'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { changeStore } from '../../support/edits.ts'
import { fresh, NOON } from '../../support/server.ts'
import { aWorld, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>
let memberId: number
let member: Speaker

beforeAll(async () => {
  world = await aWorld()
  storeId = await world.aStore()
})
beforeEach(async () => {
  world.clock.set(NOON)
  clerk = await world.aClerk([storeId])
  memberId = await world.aMember({ points: 120, nickname: '林小满' })
  member = await world.asMember(memberId)
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(() => world.close())

const showCode = async () => (await member.call('GET /me/code')).code
const scan = (code: string, requestId = fresh(), who: Speaker = clerk) =>
  who.ask('POST /clerk/scans', { code, storeId, requestId })
const SECOND = 1_000

describe('the member code', () => {
  test('is twenty digits, says when it ends and when to show the next', async () => {
    world.clock.travel(10 * SECOND)
    expect(await member.call('GET /me/code')).toEqual({
      code: expect.stringMatching(/^\d{20}$/),
      expiresAt: '2026-03-02T04:01:00.000Z',
      refreshAfterSeconds: 20,
      expiresAfterSeconds: 50,
    })
  })

  test('is the same until it is scanned or its half minute is over', async () => {
    const code = await showCode()
    world.clock.travel(29 * SECOND)
    expect(await showCode()).toBe(code)
    world.clock.travel(SECOND)
    expect(await showCode()).not.toBe(code)
  })

  test('opens a visit and shows the member to the clerk', async () => {
    const { status, body } = await scan(await showCode())
    expect(status).toBe(200)
    expect(body).toMatchObject({
      kind: 'member',
      member: { memberId, nickname: '林小满', balance: 120, usable: 120, standing: 'active', tierName: '' },
    })
    expect(visitOf(world.app.http, body.visit, clerk.memberId)).toBe(memberId)
  })

  test('may be typed with blanks between its groups', async () => {
    const code = await showCode()
    expect((await scan(code.replace(/(\d{4})/g, '$1 ').trim())).status).toBe(200)
  })

  test('is good for one scan', async () => {
    const code = await showCode()
    await scan(code)
    expect(await scan(code)).toMatchObject({ status: 409, body: { code: 'member-code.used' } })
  })

  test('is followed at once by a fresh one that works', async () => {
    const first = await showCode()
    await scan(first)
    const second = await showCode()
    expect(second).not.toBe(first)
    expect((await scan(second)).status).toBe(200)
  })

  test('is valid until the end of the next half minute', async () => {
    const [inTime, late] = [await showCode(), await (await world.asMember(await world.aMember())).call('GET /me/code')]
    world.clock.travel(59_999)
    expect((await scan(inTime)).status).toBe(200)
    world.clock.travel(1)
    expect(await scan(late.code)).toMatchObject({ status: 410, body: { code: 'member-code.expired' } })
  })

  test('is refused from an old picture of the screen', async () => {
    const code = await showCode()
    world.clock.travel(10 * 60 * SECOND)
    expect((await scan(code)).body.code).toBe('member-code.invalid')
  })

  test('with any digit changed is refused', async () => {
    const code = await showCode()
    for (let at = 0; at < 20; at++) {
      const digit = (Number(code[at]) + 1) % 10
      const { body } = await scan(`${code.slice(0, at)}${digit}${code.slice(at + 1)}`)
      expect(body.code, `digit ${at}`).toBe('member-code.invalid')
    }
    expect((await scan(code)).status).toBe(200)
  })

  test('of a shop with another secret is refused', async () => {
    const secret = 'another-secret-of-thirty-two-characters'
    const { code } = await unusedCode(world.db, secret, memberId, world.clock.now())
    expect((await scan(code)).body.code).toBe('member-code.invalid')
  })

  test('shows a frozen member as frozen', async () => {
    await world.book.make(changeStanding, {
      memberId,
      standing: 'frozen',
      reason: '核查',
      requestId: fresh(),
      actor: 'admin/demo',
    })
    expect((await scan(await showCode())).body.member.standing).toBe('frozen')
  })

  test('has no record of its use after a day', async () => {
    await scan(await showCode())
    const uses = () => world.db.select().from(memberCodeUsesTable).where(eq(memberCodeUsesTable.memberId, memberId))
    const sweep = codeJobs(world.server).find(({ name }) => name === 'sweep-code-uses')!
    await sweep.run()
    expect(await uses()).toHaveLength(1)
    world.clock.travelDays(1)
    world.clock.travel(SECOND)
    await sweep.run()
    expect(await uses()).toEqual([])
  })
})

describe('the same scan sent again', () => {
  test('gets the same visit, also when the code has ended meanwhile', async () => {
    const [code, requestId] = [await showCode(), fresh()]
    await scan(code, requestId)
    world.clock.travel(2 * 60 * SECOND)
    const { status, body } = await scan(code, requestId)
    expect(status).toBe(200)
    expect(visitOf(world.app.http, body.visit, clerk.memberId)).toBe(memberId)
  })

  test('cannot extend the visit past fifteen minutes', async () => {
    const [code, requestId] = [await showCode(), fresh()]
    const first = await scan(code, requestId)
    world.clock.travel(4 * 60 * SECOND)
    const again = await scan(code, requestId)
    const shorterMs = Date.parse(first.body.visitEndsAt) - Date.parse(again.body.visitEndsAt)
    expect(shorterMs).toBeGreaterThan(230 * SECOND)
  })

  test('is refused as another scan when another clerk sends it', async () => {
    const [code, requestId] = [await showCode(), fresh()]
    await scan(code, requestId)
    const other = await world.aClerk([storeId])
    expect((await scan(code, requestId, other)).body.code).toBe('move.key-reused')
  })
})

describe('a visit', () => {
  const aReceipt = (visit: string) => ({
    visit,
    storeId,
    receiptNo: fresh('R'),
    lines: [{ name: '拿铁', quantity: 1, amountFen: 3_000 }],
  })

  test('is another one at each scan, even of the same member within one second', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const visits = [await scan(await showCode()), await scan(await showCode())].map(({ body }) => body.visit)
    expect(new Set(visits).size).toBe(2)
  })

  test('lasts fifteen minutes', async () => {
    const { visit } = (await scan(await showCode())).body
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 14 * 60 * SECOND })
    expect((await clerk.ask('POST /clerk/purchases/preview', aReceipt(visit))).status).toBe(200)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61 * SECOND })
    const { status, body } = await clerk.ask('POST /clerk/purchases/preview', aReceipt(visit))
    expect({ status, code: body.code }).toEqual({ status: 410, code: 'visit.expired' })
  })

  test('belongs to the clerk who opened it', async () => {
    const { visit } = (await scan(await showCode())).body
    const other = await world.aClerk([storeId])
    expect((await other.ask('POST /clerk/purchases', aReceipt(visit))).body.code).toBe('visit.expired')
  })

  test('cannot be forged, nor made of the member’s own token', async () => {
    const { visit } = (await scan(await showCode())).body
    const token = member.headers['authorization']!.slice(7)
    for (const wrong of [`${visit}x`, token, 'A'.repeat(40)]) {
      expect((await clerk.ask('POST /clerk/purchases', aReceipt(wrong))).body.code).toBe('visit.expired')
    }
  })
})

describe('scanning', () => {
  test('is for clerks of the store, while it is open', async () => {
    const [code, other] = [await showCode(), await world.aStore('另一家店')]
    const foreign = await world.aClerk([other])
    expect((await scan(code, fresh(), foreign)).body.code).toBe('store.foreign')
    expect((await scan(code, fresh(), member)).body.code).toBe('session.forbidden')
    expect((await scan(code, fresh(), world.anyone())).body.code).toBe('session.missing')
    const closed = await world.aStore('停用的店')
    const there = await world.aClerk([closed])
    await changeStore(await world.asAdmin(), { storeId: closed, open: false })
    const answer = await there.ask('POST /clerk/scans', { code, storeId: closed, requestId: fresh() })
    expect(answer).toMatchObject({ status: 409, body: { code: 'store.closed' } })
    expect((await scan(code)).status).toBe(200)
  })

  test.each(['1234', '123456789012', '812345678901', '1'.repeat(19), '1'.repeat(21)])(
    'of %s finds nothing',
    async (code) => {
      expect(await scan(code)).toMatchObject({ status: 404, body: { code: 'code.unknown' } })
    },
  )

  test.each([
    ['code', 'abcd'],
    ['code', '123'],
    ['code', '1'.repeat(65)],
    ['code', 12345678901234],
    ['storeId', 0],
    ['storeId', '1'],
    ['storeId', 1.5],
    ['requestId', 'short'],
    ['requestId', 'with blank in it'],
    ['memberId', 1],
  ])('refuses %s = %j by name', async (field, value) => {
    const { status, body } = await clerk.ask('POST /clerk/scans', {
      code: '1234',
      storeId,
      requestId: fresh(),
      [field]: value,
    })
    expect({ status, code: body.code, field: body.detail.fields[0].field }).toEqual({
      status: 400,
      code: 'input.invalid',
      field,
    })
  })

  test('of a pick-up code shows the order and uses nothing up', async () => {
    const itemId = await world.anItem({ points: 100, name: '帆布袋' })
    const redeemed = await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    const code = redeemed.order.pickupCode
    for (const typed of [code, code.replace(/(\d{4})/g, '$1 ')]) {
      const { body } = await scan(typed)
      expect(body).toMatchObject({
        kind: 'pickup',
        memberNickname: '林小满',
        order: { itemName: '帆布袋', state: 'waiting' },
      })
    }
  })

  test('of a pick-up code of a store where the clerk does not work names that store and nothing of the order', async () => {
    const riverside = await world.aStore('滨江店')
    const itemId = await world.anItem({ points: 100, name: '帆布袋' })
    const wish = { itemId, quantity: 1, storeId: riverside, requestId: fresh() }
    const { order } = await member.call('POST /mall/redemptions', wish)
    const { status, body } = await scan(order.pickupCode)
    expect({ status, code: body.code, text: body.text }).toEqual({
      status: 409,
      code: 'order.other-store',
      text: '该订单的取货门店是「滨江店」，请会员去那家店取',
    })
    expect(JSON.stringify(body)).not.toMatch(/帆布袋|林小满/)
    expect((await scan(order.pickupCode, fresh(), await world.aClerk([storeId, riverside]))).body.kind).toBe('pickup')
  })

  test('more than 120 times a minute is too often, for this clerk alone', async () => {
    const tries = (count: number) => Promise.all(Array.from({ length: count }, () => scan('1234')))
    expect((await tries(120)).every(({ status }) => status === 404)).toBe(true)
    expect((await tries(5)).every(({ body }) => body.code === 'rate.exceeded')).toBe(true)
    expect((await scan('1234', fresh(), await world.aClerk([storeId]))).status).toBe(404)
  })
})
