import { createHash, createHmac } from 'node:crypto'
import { sweepNonces } from '@pointbook/server/features/connections/open-api/identify'
import { apiKeys, apiNonces } from '@pointbook/server/features/connections/open-api/tables'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aNonce, aPartner, noOf, nowInSeconds, signedHeaders } from '../../support/partner.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let partner: Awaited<ReturnType<typeof aPartner>>

beforeAll(async () => {
  world = await aWorld()
  storeId = await world.aStore()
  partner = await aPartner(world, [storeId])
})
afterAll(() => world.close())

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

  it('is computed in the example of the reference as the server checks it', async () => {
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
    const log = await admin.call('POST /admin/audit-log/search', { q: `api-key/${row.id}` })
    expect(log.rows.map(({ text }) => text)).toEqual([
      '停用开放接口密钥「网店」',
      '新建开放接口密钥「网店」：人民广场店',
    ])
  })

  it('is refused for an unknown store', async () => {
    const key = { name: '错的', storeIds: [999_999], perMinute: 10, requestId: fresh() }
    expect(await admin.ask('POST /admin/api-keys', key)).toMatchObject({ status: 404, body: { code: 'store.unknown' } })
  })

  it('has a limit of requests a minute over all operations, which does not affect other keys', async () => {
    const eager = await aPartner(world, [storeId], 3)
    const memberId = await world.aMember()
    const lines = [{ name: '咖啡豆', quantity: 1, amountFen: 50_00 }]
    const cart = { storeId, receiptNo: fresh('WEB'), member: noOf(memberId), lines }
    const ask = () => eager.ask('GET /open/members/:memberNo', noOf(memberId))
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200])
    expect((await eager.ask('POST /open/purchases/preview', cart)).status).toBe(200)
    expect(await ask()).toMatchObject({ status: 429, body: { code: 'rate.exceeded' } })
    expect((await partner.ask('GET /open/members/:memberNo', noOf(memberId))).status).toBe(200)
  })

  it('deletes nonces only when their requests are outdated', async () => {
    const nonces = async () => (await world.db.select().from(apiNonces)).length
    const before = await nonces()
    await sweepNonces(world.db)
    expect(await nonces()).toBe(before)
    await world.db.update(apiNonces).set({ seenAt: '2020-01-01T00:00:00.000Z' })
    await sweepNonces(world.db)
    expect(await nonces()).toBe(0)
  })
})
