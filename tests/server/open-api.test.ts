import { createHash, createHmac } from 'node:crypto'
import { fixed, rate } from '@pointbook/config/policies/make'
import { phoneHashOf } from '@pointbook/server/features/members/register'
import { sweepNonces } from '@pointbook/server/features/open/identify'
import { apiKeys, apiNonces } from '@pointbook/server/features/open/tables'
import { recordAct } from '@pointbook/server/features/points/acts'
import { noProfile } from '@pointbook/server/features/points/earn'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aNonce, aPartner, nowInSeconds, signedHeaders } from '../support/partner.ts'
import { aRule, earningBy } from '../support/policies.ts'
import { aWorld, fresh, type Speaker } from '../support/world.ts'

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

const noOf = (memberId: number) => ({ memberNo: String(memberId).padStart(8, '0') })
const aCart = (memberId: number, amountFen = 50_00, receiptNo = fresh('WEB')) => ({
  storeId,
  receiptNo,
  member: noOf(memberId),
  lines: [{ name: '咖啡豆', quantity: 1, amountFen }],
})

describe('what other systems report', () => {
  it('earns for stays, instalments and reviews what the rules say, once for an event id (B2, B28, B29, B30)', async () => {
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

  it('pays a report of one system once, under whichever key, kind and code it comes again (FN7)', async () => {
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

  it('pays reports of two systems with the same event id both, and of one only once when they race (FN7)', async () => {
    const memberId = await world.aMember()
    const stay = { eventId: fresh('stay'), type: 'event', code: 'hotel-night', member: noOf(memberId) } as const
    const hotel = await aPartner(world, [storeId], 6_000, { name: '酒店' })
    const moved = await aPartner(world, [storeId], 6_000, { name: '酒店新密钥', system: '酒店' })
    await Promise.all([hotel, moved, hotel, moved, partner].map((speaker) => speaker.call('POST /open/events', stay)))
    expect((await world.account(memberId)).balance).toBe(200)
  })

  it('finds a report again that was made for a record merged meanwhile (FN7)', async () => {
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

  it('answers a report that an older version recorded as then, and refuses it with another code (FN7)', async () => {
    const memberId = await world.aMember()
    const eventId = fresh('old')
    const key = (await world.db.select().from(apiKeys).where(eq(apiKeys.keyId, partner.keyId)))[0]!
    const then = { memberId, trigger: 'review', code: '', ref: `${key.id}/${eventId}` } as const
    const { actor, profile } = { actor: `partner/${key.id}`, profile: noProfile }
    await world.book.make(recordAct, { ...then, amountFen: 0, quantity: 1, profile, actor })
    const again = { eventId, type: 'review', code: '', member: noOf(memberId) } as const
    expect(await partner.call('POST /open/events', again)).toMatchObject({ points: 20, balance: 20 })
    expect((await partner.ask('POST /open/events', { ...again, code: 'x' })).body.code).toBe('move.key-reused')
    expect((await world.account(memberId)).balance).toBe(20)
  })

  it('finds a member by phone, and names nobody who is none', async () => {
    const phone = '13800138000'
    await world.aMember({ phone: phoneHashOf(world.env, phone) })
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

  it('records a receipt once, though it comes forty times at the same time', async () => {
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

  it('keeps a key to its stores', async () => {
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

describe('a signature', () => {
  const path = '/open/events'
  let body: string
  beforeAll(async () => {
    const event = { eventId: 'signed-1', type: 'review', code: '', member: noOf(await world.aMember()) }
    body = JSON.stringify(event)
  })

  async function send(headers: Record<string, string>, payload = body, url = path) {
    const all = { ...headers, 'content-type': 'application/json' }
    const response = await world.app.http.inject({ method: 'POST', url, headers: all, payload })
    return { status: response.statusCode, code: response.json().code }
  }
  const signed = (told = {}) => signedHeaders(partner, { method: 'POST', path, body }, told)

  it('is accepted once: the same nonce again is refused, even at the same moment', async () => {
    const headers = signed()
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(headers)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ code }) => code === 'signature.repeated')).toHaveLength(7)
  })

  it('covers method, path, time, nonce and every byte of the body', async () => {
    const wrong = { status: 401, code: 'signature.wrong' }
    expect(await send(signed(), body.replace('signed-1', 'signed-2'))).toEqual(wrong)
    expect(await send(signed(), `${body} `)).toEqual(wrong)
    expect(await send(signed(), body, `${path}?again=1`)).toEqual(wrong)
    expect(await send({ ...signed(), 'x-pointbook-nonce': aNonce() })).toEqual(wrong)
    const other = String(Number(nowInSeconds()) - 1)
    expect(await send({ ...signed(), 'x-pointbook-timestamp': other })).toEqual(wrong)
    expect(await send(signedHeaders({ ...partner, secret: 'guessed' }, { method: 'POST', path, body }))).toEqual(wrong)
    expect(await send(signedHeaders(partner, { method: 'PUT', path, body }))).toEqual(wrong)
  })

  it('is refused five minutes too early or too late, and where a part of it is missing', async () => {
    const off = (seconds: number) => send(signed({ timestamp: String(Number(nowInSeconds()) + seconds) }))
    expect(await off(-310)).toEqual({ status: 401, code: 'signature.outdated' })
    expect(await off(310)).toEqual({ status: 401, code: 'signature.outdated' })
    expect((await off(-200)).status).toBe(200)
    for (const name of Object.keys(signed())) {
      const { [name as 'x-pointbook-key']: _, ...rest } = signed()
      expect(await send(rest)).toEqual({ status: 401, code: 'signature.missing' })
    }
  })

  it('is worked out in the reference as it is checked here (the example can be followed by hand)', async () => {
    const reference = (await world.app.http.inject({ url: '/docs/json' })).json()
    const guide: string = reference.tags.find(({ name }: { name: string }) => name === 'partner').description
    const [, secret] = /the secret `([^`]+)`/.exec(guide)!
    const [shown, text, signature] = [...guide.matchAll(/```\n([\s\S]*?)\n```/g)].map(([, block]) => block!)
    expect(text!.split('\n')[4]).toBe(createHash('sha256').update(shown!).digest('hex'))
    expect(createHmac('sha256', secret!).update(text!).digest('hex')).toBe(signature)
    const [method, address, timestamp, nonce] = text!.split('\n') as [string, string, string, string]
    const made = signedHeaders(
      { keyId: 'k', secret: secret! },
      { method, path: address, body: shown! },
      { timestamp, nonce },
    )
    expect(made['x-pointbook-signature']).toBe(signature)
  })
})

describe('a key', () => {
  let admin: Speaker
  beforeAll(async () => {
    admin = await world.asAdmin()
  })
  const keyOf = async ({ keyId }: { keyId: string }) =>
    (await world.db.select().from(apiKeys).where(eq(apiKeys.keyId, keyId)))[0]!

  it('shows its secret once, keeps it sealed, and can be taken out of use at once', async () => {
    const made = await aPartner(world, [storeId])
    const member = noOf(await world.aMember())
    expect((await made.ask('GET /open/members/:memberNo', member)).status).toBe(200)
    const row = await keyOf(made)
    expect(JSON.stringify(row)).not.toContain(made.secret)
    const listed = await admin.call('GET /admin/api-keys')
    expect(JSON.stringify(listed)).not.toContain(made.secret)
    expect(listed.rows[0]).toMatchObject({ keyId: made.keyId, name: '网店', storeIds: [storeId] })
    expect(listed.rows[0]!.lastUsedAt).not.toBeNull()
    await admin.call('POST /admin/api-keys/:apiKeyId/revocation', { apiKeyId: row.id })
    await admin.call('POST /admin/api-keys/:apiKeyId/revocation', { apiKeyId: row.id })
    expect(await made.ask('GET /open/members/:memberNo', member)).toMatchObject({
      status: 401,
      body: { code: 'api-key.unknown' },
    })
    const log = await admin.call('GET /admin/audit-log', { q: `api-key/${row.id}` })
    expect(log.rows.map(({ text }) => text)).toEqual([
      '停用开放接口密钥「网店」',
      '新建开放接口密钥「网店」：人民广场店',
    ])
  })

  it('is refused for a store nobody has', async () => {
    const key = { name: '错的', storeIds: [999_999], perMinute: 10, requestId: fresh() }
    expect(await admin.ask('POST /admin/api-keys', key)).toMatchObject({ status: 404, body: { code: 'store.unknown' } })
  })

  it('is answered so often a minute, over all operations together, and others are not held up by it', async () => {
    const eager = await aPartner(world, [storeId], 3)
    const memberId = await world.aMember()
    const ask = () => eager.ask('GET /open/members/:memberNo', noOf(memberId))
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200])
    expect((await eager.ask('POST /open/purchases/preview', aCart(memberId))).status).toBe(200)
    expect(await ask()).toMatchObject({ status: 429, body: { code: 'rate.exceeded' } })
    expect((await partner.ask('GET /open/members/:memberNo', noOf(memberId))).status).toBe(200)
  })

  it('forgets nonces only when their requests are outdated', async () => {
    const nonces = async () => (await world.db.select().from(apiNonces)).length
    const before = await nonces()
    await sweepNonces(world.db)
    expect(await nonces()).toBe(before)
    await world.db.update(apiNonces).set({ seenAt: '2020-01-01T00:00:00.000Z' })
    await sweepNonces(world.db)
    expect(await nonces()).toBe(0)
  })
})
