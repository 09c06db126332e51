import { fixed, rate } from '@pointbook/config/policies/make'
import { apiKeys } from '@pointbook/server/features/connections/open-api/tables'
import { recordAct } from '@pointbook/server/features/earning/events/acts'
import { noProfile } from '@pointbook/server/features/earning/events/earn'
import { partnerRef } from '@pointbook/shared/references'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPartner, noOf } from '../../support/partner.ts'
import { aRule, earningBy } from '../../support/policies.ts'
import { aWorld, fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let partner: Awaited<ReturnType<typeof aPartner>>

beforeAll(async () => {
  world = await aWorld({
    policy: {
      pending: { until: 'confirmed', days: 7 },
      earning: earningBy([
        aRule({ gift: rate(1, 1) }),
        aRule({
          id: 'online',
          name: '网店加倍',
          gift: { type: 'multiply', multiplierBp: 20_000 },
          conditions: [{ type: 'channel', channels: ['online'] }],
        }),
        aRule({ id: 'review', name: '好评', trigger: 'review', gift: fixed(20) }),
        aRule({
          id: 'stay',
          name: '住店',
          trigger: 'event',
          event: 'hotel-night',
          gift: { type: 'per-unit', points: 100 },
        }),
        aRule({ id: 'instalment', name: '分期', trigger: 'event', event: 'instalment', gift: rate(1, 10) }),
      ]),
    },
  })
  storeId = await world.aStore()
  partner = await aPartner(world, [storeId])
})
afterAll(() => world.close())

const aCart = (memberId: number, amountFen = 50_00, receiptNo = fresh('WEB')) => ({
  storeId,
  receiptNo,
  member: noOf(memberId),
  lines: [{ name: '咖啡豆', quantity: 1, amountFen }],
})

describe('events of other systems', () => {
  it('give the points of the rules for stays, instalments and reviews, once for an event id (B2, B28, B29, B30)', async () => {
    const member = noOf(await world.aMember())
    const stay = { eventId: fresh('stay'), type: 'event', code: 'hotel-night', member, quantity: 3 } as const
    const first = await partner.call('POST /open/events', stay)
    expect(first).toMatchObject({ points: 300, balance: 300, why: [{ name: '住店', points: 300, matched: true }] })
    expect(await partner.call('POST /open/events', stay)).toEqual(first)
    expect(await partner.ask('POST /open/events', { ...stay, quantity: 4 })).toMatchObject({
      status: 409,
      body: { code: 'move.key-reused' },
    })
    const instalment = {
      eventId: fresh('pay'),
      type: 'event',
      code: 'instalment',
      member,
      amountFen: 1_000_00,
    } as const
    expect(await partner.call('POST /open/events', instalment)).toMatchObject({ points: 100, balance: 400 })
    const review = { eventId: fresh('review'), type: 'review', code: '', member } as const
    expect(await partner.call('POST /open/events', review)).toMatchObject({ points: 20, balance: 420 })
  })

  it('gives points once for a report of one system, also when it is repeated under another key, kind or code (FN7)', async () => {
    const memberId = await world.aMember()
    const stay = { eventId: fresh('stay'), type: 'event', code: 'hotel-night', member: noOf(memberId) } as const
    const first = await partner.call('POST /open/events', stay)
    const renewed = await aPartner(world, [storeId])
    expect(await renewed.call('POST /open/events', stay)).toEqual(first)
    for (const other of [
      { ...stay, code: 'instalment', amountFen: 1_000_00 },
      { ...stay, type: 'review', code: '' },
    ])
      for (const speaker of [partner, renewed])
        expect(await speaker.ask('POST /open/events', other)).toMatchObject({
          status: 409,
          body: { code: 'move.key-reused' },
        })
    expect((await world.account(memberId)).balance).toBe(100)
  })

  it('gives points for equal event ids of two systems, and once for simultaneous reports of one system (FN7)', async () => {
    const memberId = await world.aMember()
    const stay = { eventId: fresh('stay'), type: 'event', code: 'hotel-night', member: noOf(memberId) } as const
    const hotel = await aPartner(world, [storeId], 6_000, { name: '酒店' })
    const moved = await aPartner(world, [storeId], 6_000, { name: '酒店新密钥', system: '酒店' })
    await Promise.all([hotel, moved, hotel, moved, partner].map((speaker) => speaker.call('POST /open/events', stay)))
    expect((await world.account(memberId)).balance).toBe(200)
  })

  it('recognises a repeated report for a record that was merged in the meantime (FN7)', async () => {
    const [keptId, doubleId] = [await world.aMember(), await world.aMember()]
    const review = { eventId: fresh('r'), type: 'review', code: '', member: noOf(doubleId) } as const
    const first = await partner.call('POST /open/events', review)
    const admin = await world.asAdmin()
    const merge = { memberId: keptId, doubleId, reason: '同一人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    expect(await partner.call('POST /open/events', review)).toEqual(first)
    expect(await partner.call('POST /open/events', { ...review, member: noOf(keptId) })).toEqual(first)
    expect((await world.account(keptId)).balance).toBe(20)
  })

  it('answers a report recorded by an older version as before, and refuses it with another code (FN7)', async () => {
    const memberId = await world.aMember()
    const eventId = fresh('old')
    const key = (await world.db.select().from(apiKeys).where(eq(apiKeys.keyId, partner.keyId)))[0]!
    const then = { memberId, trigger: 'review', code: '', ref: `${key.id}/${eventId}` } as const
    const { actor, profile } = { actor: partnerRef(key.id), profile: noProfile }
    await world.book.make(recordAct, { ...then, amountFen: 0, quantity: 1, profile, actor })
    const again = { eventId, type: 'review', code: '', member: noOf(memberId) } as const
    expect(await partner.call('POST /open/events', again)).toMatchObject({ points: 20, balance: 20 })
    expect((await partner.ask('POST /open/events', { ...again, code: 'x' })).body.code).toBe('move.key-reused')
    expect((await world.account(memberId)).balance).toBe(20)
  })

  it('finds a member by phone, and does not disclose other people', async () => {
    const phone = '13800138000'
    await world.aMember({ phone: world.outside.keys.hash(phone) })
    const review = (who: string) => ({ eventId: fresh('r'), type: 'review', code: '', member: { phone: who } })
    expect(await partner.ask('POST /open/events', review(phone))).toMatchObject({ status: 200, body: { points: 20 } })
    expect(await partner.ask('POST /open/events', review('13900139000'))).toMatchObject({
      status: 404,
      body: { code: 'member.unknown' },
    })
    expect((await partner.ask('GET /open/members/:memberNo', { memberNo: '99999999' })).status).toBe(404)
  })

  it('previews a cart, records it, lets the points wait for the confirmation, and takes returned goods back (L1, L4)', async () => {
    const memberId = await world.aMember()
    const cart = aCart(memberId)
    const promised = await partner.call('POST /open/purchases/preview', cart)
    expect(promised).toMatchObject({ points: 100, amountFen: 50_00, balance: 100 })
    expect((await world.account(memberId)).balance).toBe(0)
    expect(await partner.call('POST /open/purchases', cart)).toMatchObject({ points: 100, balance: 100, seq: 1 })
    const account = () => partner.call('GET /open/members/:memberNo', noOf(memberId))
    expect(await account()).toMatchObject({ ...noOf(memberId), standing: 'active', balance: 100, usable: 0 })
    const sold = { storeId, receiptNo: cart.receiptNo }
    expect(await partner.call('POST /open/purchases/confirmations', sold)).toEqual({ points: 100 })
    expect(await account()).toMatchObject({ usable: 100 })
    const half = { ...sold, lines: [{ line: 0, quantity: 0, amountFen: 25_00 }], requestId: fresh('return') }
    const claim = await partner.call('POST /open/returns', half)
    expect(claim).toMatchObject({ points: 50, balance: 50 })
    expect(await partner.call('POST /open/returns', half)).toEqual(claim)
    const admin = await world.asAdmin()
    const { rows } = await admin.call('GET /admin/members/:memberId/entries', { memberId })
    expect(rows.map(({ delta }) => delta)).toEqual([-50, 0, 100])
  })

  it('records a receipt once when it is sent forty times at once', async () => {
    const memberId = await world.aMember()
    const cart = aCart(memberId)
    const answers = await Promise.all(Array.from({ length: 40 }, () => partner.ask('POST /open/purchases', cart)))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 200, body: { points: 100 } })
    expect(await world.account(memberId)).toMatchObject({ balance: 100, purchases: 1 })
    const other = { ...cart, member: noOf(await world.aMember()) }
    expect(await partner.ask('POST /open/purchases', other)).toMatchObject({ body: { code: 'receipt.taken' } })
    expect((await world.audit()).passed).toBe(true)
  })

  it('limits a key to its stores', async () => {
    const foreign = { ...aCart(await world.aMember()), storeId: await world.aStore('别人的店') }
    for (const op of ['POST /open/purchases', 'POST /open/purchases/preview'])
      expect(await partner.ask(op, foreign)).toMatchObject({ status: 403, body: { code: 'api-key.other-store' } })
    const goods = { storeId: foreign.storeId, receiptNo: 'R1' }
    expect(await partner.ask('POST /open/purchases/confirmations', goods)).toMatchObject({ status: 403 })
    const lines = [{ line: 0, quantity: 1, amountFen: 1 }]
    expect(await partner.ask('POST /open/returns', { ...goods, lines, requestId: fresh() })).toMatchObject({
      status: 403,
    })
  })
})
