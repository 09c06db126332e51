import { rate } from '@pointbook/config/policies/make'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aPartner, noOf } from '../../support/partner.ts'
import { aRule, earningBy } from '../../support/policies.ts'
import { NOON } from '../../support/server.ts'
import { aWorld, fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>
let partner: Awaited<ReturnType<typeof aPartner>>

beforeAll(async () => {
  const perReview = aRule({ id: 'review', name: '好评', trigger: 'review', gift: { type: 'fixed', points: 20 } })
  world = await aWorld({ policy: { earning: earningBy([aRule({ gift: rate(1, 1) }), perReview]) } })
})
beforeEach(async () => {
  world.clock.set(NOON)
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
  partner = await aPartner(world, [storeId])
})
afterAll(async () => {
  expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
  await world.close()
})

const lines = [{ name: '拿铁', quantity: 1, amountFen: 3_200 }]
const balanceOf = async (memberId: number) => (await world.account(memberId)).balance

const aSale = async (memberId: number, more: object = {}) => ({
  visit: await world.aVisit(clerk, memberId, storeId),
  storeId,
  lines,
  ...more,
})

describe('a receipt number that comes again', () => {
  it('on another day is refused at the till with the day of the first, for the same basket too (FN1)', async () => {
    const memberId = await world.aMember()
    await clerk.call('POST /clerk/purchases', await aSale(memberId, { receiptNo: 'T0001' }))
    world.clock.travelDays(1)
    expect(await clerk.ask('POST /clerk/purchases', await aSale(memberId, { receiptNo: 'T0001' }))).toMatchObject({
      status: 409,
      body: {
        code: 'receipt.taken',
        text: '小票 T0001 在 2026年3月2日 已经记录过，这次没有再记。如果是新的一单，请换一个小票号',
        detail: { receiptNo: 'T0001', on: '2026-03-02' },
      },
    })
    expect(await balanceOf(memberId)).toBe(32)
  })

  it('on another day is refused over the open API, and another number is accepted (FN1)', async () => {
    const memberId = await world.aMember()
    const cart = { storeId, receiptNo: 'T0001', member: noOf(memberId), lines }
    const first = await partner.call('POST /open/purchases', cart)
    expect(await partner.call('POST /open/purchases', cart)).toEqual(first)
    world.clock.travelDays(1)
    for (const op of ['POST /open/purchases/preview', 'POST /open/purchases'])
      expect(await partner.ask(op, cart)).toMatchObject({
        body: { code: 'receipt.taken', detail: { on: '2026-03-02' } },
      })
    await partner.call('POST /open/purchases', { ...cart, receiptNo: '0303-T0001' })
    expect(await balanceOf(memberId)).toBe(64)
  })

  it('with the request id of the first is a retry on any day, and the answer names the day it repeats (FN1)', async () => {
    const memberId = await world.aMember()
    const cart = { storeId, receiptNo: 'T0001', requestId: fresh('sale'), member: noOf(memberId), lines }
    const first = await partner.call('POST /open/purchases', cart)
    world.clock.travelDays(1)
    expect(await partner.call('POST /open/purchases', cart)).toEqual({ ...first, repeats: '2026-03-02' })
    expect(await partner.ask('POST /open/purchases', { ...cart, requestId: fresh('sale') })).toMatchObject({
      body: { code: 'receipt.taken' },
    })
    expect(await balanceOf(memberId)).toBe(32)
  })

  it('with other lines or for another member is refused with its day (FN1)', async () => {
    const memberId = await world.aMember()
    await clerk.call('POST /clerk/purchases', await aSale(memberId, { receiptNo: 'T0001' }))
    const dearer = [{ ...lines[0]!, amountFen: 9_900 }]
    const others = [
      await aSale(memberId, { receiptNo: 'T0001', lines: dearer }),
      await aSale(await world.aMember(), { receiptNo: 'T0001' }),
    ]
    for (const sale of others)
      expect(await clerk.ask('POST /clerk/purchases', sale)).toMatchObject({
        body: { code: 'receipt.taken', detail: { receiptNo: 'T0001', on: '2026-03-02' } },
      })
  })
})

it('names the day that a repeated return, event or confirmation was answered on (FN1)', async () => {
  const memberId = await world.aMember()
  const sold = { storeId, receiptNo: 'A-1' }
  await partner.call('POST /open/purchases', {
    ...sold,
    member: noOf(memberId),
    lines: [{ ...lines[0]!, quantity: 2 }],
  })
  const wishes = [
    ['POST /open/purchases/confirmations', sold],
    ['POST /open/returns', { ...sold, lines: [{ line: 0, quantity: 1, amountFen: 1_600 }], requestId: 'R-000001' }],
    ['POST /open/events', { eventId: 'E-1', type: 'review', code: '', member: noOf(memberId) }],
  ] as const
  const first = []
  for (const [op, wish] of wishes) first.push(await partner.ask(op, wish))
  for (const [index, [op, wish]] of wishes.entries()) expect(await partner.ask(op, wish)).toEqual(first[index])
  world.clock.travelDays(1)
  for (const [index, [op, wish]] of wishes.entries()) {
    expect(await partner.ask(op, wish)).toEqual({
      status: 200,
      body: { ...first[index]!.body, repeats: '2026-03-02' },
    })
  }
})

describe('a purchase without a receipt number', () => {
  it('is numbered by store and day (FT2)', async () => {
    const memberId = await world.aMember()
    const record = async () => clerk.call('POST /clerk/purchases', await aSale(memberId, { requestId: fresh('draft') }))
    expect((await record()).receiptNo).toBe('PB260302-0001')
    expect((await record()).receiptNo).toBe('PB260302-0002')
    world.clock.travelDays(1)
    const { receiptNo } = await record()
    expect(receiptNo).toBe('PB260303-0001')
    expect(await clerk.call('GET /clerk/purchases/:storeId/:receiptNo', { storeId, receiptNo })).toMatchObject({
      receiptNo,
      amountFen: 3_200,
    })
    const elsewhere = await world.aStore()
    const other = await world.aClerk([elsewhere])
    const visit = await world.aVisit(other, memberId, elsewhere)
    const sale = { visit, storeId: elsewhere, requestId: fresh('draft'), lines }
    expect((await other.call('POST /clerk/purchases', sale)).receiptNo).toBe('PB260303-0001')
  })

  it('previews without a number and uses none up (FT2)', async () => {
    const memberId = await world.aMember()
    const sale = await aSale(memberId, { requestId: fresh('draft') })
    expect(await clerk.call('POST /clerk/purchases/preview', sale)).toMatchObject({ points: 32 })
    expect((await clerk.call('POST /clerk/purchases', sale)).receiptNo).toBe('PB260302-0001')
  })

  it('is the same when its draft is sent again, in another visit and on another day too (FT2)', async () => {
    const memberId = await world.aMember()
    const requestId = fresh('draft')
    const first = await clerk.call('POST /clerk/purchases', await aSale(memberId, { requestId }))
    expect(await clerk.call('POST /clerk/purchases', await aSale(memberId, { requestId }))).toEqual(first)
    world.clock.travelDays(1)
    expect(await clerk.call('POST /clerk/purchases', await aSale(memberId, { requestId }))).toEqual(first)
    const dearer = [{ ...lines[0]!, amountFen: 9_900 }]
    expect(await clerk.ask('POST /clerk/purchases', await aSale(memberId, { requestId, lines: dearer }))).toMatchObject(
      { status: 409, body: { code: 'receipt.taken', detail: { receiptNo: 'PB260302-0001' } } },
    )
    expect(await balanceOf(memberId)).toBe(32)
  })

  it('with a lost answer is recognised before it is confirmed, with or without a number, even when it was edited (FT3)', async () => {
    const memberId = await world.aMember()
    for (const numberOf of [{}, { receiptNo: fresh('T') }]) {
      const draft = { ...numberOf, requestId: fresh('draft') }
      const first = await clerk.call('POST /clerk/purchases', await aSale(memberId, draft))
      await clerk.call('POST /clerk/purchases', await aSale(memberId, { requestId: fresh('draft') }))
      const dearer = [{ ...lines[0]!, amountFen: 9_900 }]
      for (const again of [draft, { ...draft, lines: dearer }])
        expect(await clerk.call('POST /clerk/purchases/preview', await aSale(memberId, again))).toMatchObject({
          points: 32,
          amountFen: 3_200,
          recorded: first,
        })
    }
    const another = { requestId: fresh('draft'), receiptNo: fresh('T') }
    expect(await clerk.call('POST /clerk/purchases/preview', await aSale(memberId, another))).not.toHaveProperty(
      'recorded',
    )
  })

  it.each([
    ['in another channel', { channel: 'mini-program' }],
    ['with another way to pay', { payment: 'cash' }],
  ])('is refused when its draft comes again %s, which may earn otherwise (FN1)', async (_, changed) => {
    const memberId = await world.aMember()
    const [requestId, receiptNo] = [fresh('draft'), fresh('T')]
    const refusal = { status: 409, body: { code: 'receipt.taken' } }
    const first = await aSale(memberId, { requestId })
    await clerk.call('POST /clerk/purchases', first)
    expect(await clerk.ask('POST /clerk/purchases', { ...first, ...changed })).toMatchObject(refusal)
    const cart = { storeId, receiptNo, member: noOf(memberId), lines }
    await partner.call('POST /open/purchases', cart)
    expect(await partner.ask('POST /open/purchases', { ...cart, ...changed })).toMatchObject(refusal)
    expect(await balanceOf(memberId)).toBe(64)
  })

  it('is recorded twice with the same basket when there are two drafts (FT2)', async () => {
    const memberId = await world.aMember()
    for (const requestId of [fresh('draft'), fresh('draft')])
      await clerk.call('POST /clerk/purchases', await aSale(memberId, { requestId }))
    expect(await balanceOf(memberId)).toBe(64)
  })

  it('gets its own number when forty are recorded at once (FT2)', async () => {
    const memberIds = await Promise.all(Array.from({ length: 40 }, () => world.aMember()))
    const sales = await Promise.all(memberIds.map((memberId) => aSale(memberId, { requestId: fresh('draft') })))
    const answers = await Promise.all(sales.map((sale) => clerk.call('POST /clerk/purchases', sale)))
    const expected = Array.from({ length: 40 }, (_, at) => `PB260302-${String(at + 1).padStart(4, '0')}`)
    expect(answers.map(({ receiptNo }) => receiptNo).sort()).toEqual(expected)
  })

  it('without a request id either is refused by the field that is missing (FT2)', async () => {
    expect(await clerk.ask('POST /clerk/purchases', await aSale(await world.aMember()))).toMatchObject({
      status: 400,
      body: { code: 'input.invalid', detail: { fields: [{ field: 'requestId', text: '必填' }] } },
    })
  })

  it('reserves the form of its own numbers: a till cannot use one (FT2)', async () => {
    const sale = await aSale(await world.aMember(), { receiptNo: 'PB260302-0001' })
    expect((await clerk.ask('POST /clerk/purchases', sale)).body.code).toBe('receipt.reserved')
  })
})
