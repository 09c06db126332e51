import { Day, Instant } from '@pointbook/shared/contract/fields'
import { contract, type Operation } from '@pointbook/shared/contract/index'
import { refusals } from '@pointbook/shared/refusals'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inadmissible, type Schema } from '../../support/contract-inputs.ts'
import { aPartner } from '../../support/partner.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let speakers: Record<'public' | 'member' | 'clerk' | 'admin' | 'partner', Speaker>

beforeAll(async () => {
  world = await aWorld({ env: { WECHAT_API_URL: 'http://127.0.0.1:9' } })
  const storeId = await world.aStore()
  // The walk revokes the first key there is.
  await aPartner(world, [storeId])
  speakers = {
    public: await inTurn((count) => world.anyone(`10.1.${count >> 8}.${count & 255}`)),
    member: await world.asMember(await world.aMember()),
    clerk: await inTurn(() => world.aClerk([storeId], 'manager')),
    admin: await world.asAdmin(),
    partner: await aPartner(world, [storeId]),
  }
})
afterAll(() => world.close())

/** Another caller at every tenth request, so that no rate limit is reached. */
async function inTurn(make: (count: number) => Speaker | Promise<Speaker>): Promise<Speaker> {
  let count = 0
  let speaker = await make(0)
  const ask: Speaker['ask'] = async (...asked) => {
    if (++count % 10 === 0) speaker = await make(count)
    return speaker.ask(...asked)
  }
  return { ...speaker, ask }
}

const operations = Object.keys(contract) as Operation[]
// These would take a speaker's own session away.
const ending: Operation[] = ['DELETE /session', 'DELETE /admin/session', 'POST /admin/sessions/end-others']
const lasting = operations.filter((op) => !ending.includes(op))

/** The simplest value that the schema admits; what it refers to need not exist. */
function valid(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return valid(schema.anyOf[0])
  if (schema.type === 'object')
    return Object.fromEntries((schema.required ?? []).map((name: string) => [name, valid(schema.properties[name])]))
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => valid(schema.items))
  if (schema.type === 'integer') return schema.minimum ?? 0
  if (schema.type === 'boolean') return true
  const text = samples.find(
    (sample) =>
      new RegExp(schema.pattern ?? '', 'u').test(sample) &&
      sample.length >= (schema.minLength ?? 0) &&
      sample.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY),
  )
  if (text === undefined) throw new Error(`no sample for ${JSON.stringify(schema)}`)
  return text
}

const samples = [
  '',
  'abcdefgh',
  '2026-03-02',
  '2026-03',
  '2026-03-02T04:00:00.000Z',
  '123456789012',
  '10000001-1',
  '00000000-0000-4000-8000-000000000000',
  'ABCD2345',
  '中文',
  'a'.repeat(24),
  'abcdefghabcdefghabcdefgh',
  'a'.repeat(43),
  '600000000007',
  '0123456789abcdef',
  '13800001234',
  'owner',
]

/** Values that are invalid for this kind of field, including those just outside its bounds. */
function wrongs(schema: Schema): unknown[] {
  if (schema.type !== 'string') return inadmissible(schema)
  const halfAndNul = schema.pattern ? ['\ud800', 'a\udc00b', '\u0000'] : []
  return [...inadmissible(schema), ...halfAndNul, ...(schema.minLength ? ['x'.repeat(schema.minLength - 1)] : [])]
}

/** An address contains text: null and objects cannot be expressed there, and other values become text. */
function fitsAnAddress({ type }: Schema, value: unknown): boolean {
  if (type !== 'string') return value !== null && typeof value !== 'object'
  return typeof value === 'string' && !/[\ud800-\udfff]/.test(value)
}

/** Values at the very bounds of a field. */
function atBounds({ type, minimum, maximum, minLength, maxLength = 0, pattern = '' }: Schema): unknown[] {
  if (type === 'integer') return [minimum, maximum].filter((value) => value !== undefined)
  if (type !== 'string') return []
  const lengths = [minLength ?? 1, maxLength].filter((length) => length > 0 && length < 60_000)
  return lengths.map((length) => 'x'.repeat(length)).filter((text) => new RegExp(pattern, 'u').test(text))
}

/** Days and instants of the right form that there are not. */
function outsideTheCalendar({ pattern }: Schema): string[] {
  if (pattern === (Day as Schema).pattern) return ['2026-02-30', '2025-02-29', '0000-01-01']
  if (pattern === (Instant as Schema).pattern)
    return ['2027-02-30T10:00:00.000Z', '2027-01-01T24:00:00.000Z', '2027-13-01T00:00:00.000Z']
  return []
}

// Its bound is a year of nightly jobs, a minute's work.
const slowAtItsBounds: Operation[] = ['POST /admin/clock']

const fieldsOf = (op: Operation) => {
  const { params, query, body } = contract[op] as { params?: Schema; query?: Schema; body?: Schema }
  return {
    params: params?.properties ?? {},
    query: query?.properties ?? {},
    body: body?.properties ?? {},
    required: new Set<string>([...(params?.required ?? []), ...(query?.required ?? []), ...(body?.required ?? [])]),
  }
}

const inputOf = (op: Operation): Record<string, unknown> => {
  const { params, query, body } = contract[op] as { params?: Schema; query?: Schema; body?: Schema }
  const input = Object.assign({}, ...[params, query, body].filter(Boolean).map(valid))
  return 'requestId' in input ? { ...input, requestId: fresh() } : input
}

function expectRefusal(answer: { status: number; body: Record<string, unknown> }, what: string) {
  expect(answer.status, what).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).toBeLessThan(500)
  expect(Object.keys(refusals), what).toContain(answer.body.code)
  expect(answer.body.text, what).toMatch(/[\u4e00-\u9fff]/)
}

describe.each(lasting)('%s', (op) => {
  const speaker = () => speakers[contract[op].for]
  const { params, query, body, required } = fieldsOf(op)

  it('answers well-formed input without failing', async () => {
    const answer = await speaker().ask(op, inputOf(op))
    expect(answer.status, JSON.stringify(answer.body)).not.toBe(500)
    if (answer.status >= 400) expect(Object.keys(refusals)).toContain(answer.body.code)
  })

  it('refuses every wrong value of every field with 400 and a sentence', async () => {
    for (const [name, schema] of Object.entries({ ...query, ...body } as Record<string, Schema>)) {
      for (const wrong of wrongs(schema)) {
        if (name in query && !fitsAnAddress(schema, wrong)) continue
        const answer = await speaker().ask(op, { ...inputOf(op), [name]: wrong })
        expect(answer, `${name} = ${JSON.stringify(wrong)}`).toMatchObject({
          status: 400,
          body: { code: 'input.invalid' },
        })
      }
    }
    for (const name of Object.keys(params))
      expectRefusal(await speaker().ask(op, { ...inputOf(op), [name]: 'no/../such' }), name)
  })

  it('refuses a day and an instant that do not exist in the calendar', async () => {
    for (const [name, schema] of Object.entries({ ...query, ...body } as Record<string, Schema>))
      for (const value of outsideTheCalendar(schema))
        expect(await speaker().ask(op, { ...inputOf(op), [name]: value }), `${name} = ${value}`).toMatchObject({
          status: 400,
          body: { text: expect.stringMatching(/[\u4e00-\u9fff]/) },
        })
  })

  it('does not refuse a field for a value at its bounds', async () => {
    for (const [name, schema] of Object.entries({ ...query, ...body } as Record<string, Schema>)) {
      // A cursor is what the page before has told.
      if (name === 'cursor' || slowAtItsBounds.includes(op)) continue
      for (const value of atBounds(schema)) {
        const answer = await speaker().ask(op, { ...inputOf(op), [name]: value })
        const faulty = answer.body.detail?.fields?.map(({ field }: { field: string }) => field) ?? []
        expect(faulty, `${name} = ${JSON.stringify(value).slice(0, 40)}`).not.toContain(name)
      }
    }
  })

  it('refuses a missing field', async () => {
    for (const name of [...required].filter((field) => !(field in params))) {
      const { [name]: _, ...rest } = inputOf(op)
      expect(await speaker().ask(op, rest), name).toMatchObject({ status: 400, body: { code: 'input.invalid' } })
    }
  })

  it('refuses an undeclared field in the query and in the body, and a field of the one in the other (FS1)', async () => {
    const refused = { status: 400, body: { code: 'input.invalid' } }
    const hasBody = !op.startsWith('GET ') && !op.startsWith('DELETE ')
    for (const name of ['stranger', 'id', 'memberId', 'toString', ...Object.keys({ ...params, ...body })])
      if (!(name in query)) expect(await speaker().ask(op, inputOf(op), `${name}=1`), name).toMatchObject(refused)
    if (!hasBody) return
    for (const name of ['stranger', 'id', 'toString', ...Object.keys(query)])
      if (!(name in body) && !(name in params))
        expect(await speaker().ask(op, { ...inputOf(op), [name]: 1 }), name).toMatchObject(refused)
  })

  it('refuses callers without a session, with a forged one or with one of another kind', async () => {
    if (contract[op].for === 'public') return
    const forged = {
      authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJtZW1iZXJJZCI6MX0.',
      cookie: 'pointbook_panel=forged',
    }
    for (const stranger of [world.anyone(), world.speaker(forged)])
      expect((await stranger.ask(op, inputOf(op))).status).toBe(401)
    const other = contract[op].for === 'admin' ? speakers.clerk : speakers.admin
    expect((await other.ask(op, inputOf(op))).status).toBe(401)
    if (contract[op].for === 'clerk')
      expect(await speakers.member.ask(op, inputOf(op))).toMatchObject({
        status: 403,
        body: { code: 'session.forbidden' },
      })
  })
})

describe('any request', () => {
  it('has a route for every operation of the contract', async () => {
    const missing = operations.filter((op) => {
      const [method, url] = op.split(' ') as ['GET', string]
      return !world.app.http.hasRoute({ method, url })
    })
    expect(missing).toEqual([])
  })

  it.each(['0x10', '1e1', '10.0', '+10', ' 10', '1_0', '10;a=b', '１０'])(
    'is refused when a number in its address is not written in digits: %s (FS1)',
    async (written) => {
      const number = encodeURIComponent(written)
      const { headers } = await world.asAdmin()
      for (const url of [`/admin/members/${number}`, `/admin/cases?limit=${number}`]) {
        const answer = await world.app.http.inject({ url, headers })
        expect([url, answer.statusCode, answer.json().code]).toEqual([url, 400, 'input.invalid'])
      }
    },
  )

  it('is refused when its body is no JSON, too large or of another type', async () => {
    const send = (payload: string, type = 'application/json') =>
      world.app.http.inject({ method: 'POST', url: '/session/refresh', payload, headers: { 'content-type': type } })
    expect((await send('{"refreshToken":')).json()).toMatchObject({ code: 'input.invalid' })
    expect((await send('a=b', 'application/x-www-form-urlencoded')).json()).toMatchObject({ code: 'input.other-type' })
    expect((await send(`{"refreshToken":"${'x'.repeat(2_300_000)}"}`)).json()).toMatchObject({
      code: 'input.too-large',
    })
  })

  it.each(['q=%zz', 'q=%', 'q=%ED%A0%80', 'q=%00', 'q=%C0%AF', 'limit=1&limit=2', 'limit=', 'limit[]=1', 'cursor='])(
    'is answered or refused with any address: ?%s',
    async (query) => {
      const { headers } = speakers.public
      const answer = await world.app.http.inject({ method: 'GET', url: `/mall/items?${query}`, headers })
      expect(answer.statusCode, answer.body).toBeLessThan(500)
      if (answer.statusCode >= 400) expect(answer.json()).toMatchObject({ code: 'input.invalid' })
    },
  )

  it('discloses neither stack nor SQL after an internal error', async () => {
    const rename = (from: string, to: string) => world.outside.databases.pool.query(`RENAME TABLE ${from} TO ${to}`)
    await rename('streaks', 'streaks_gone')
    const answer = await speakers.member.ask('GET /me/check-ins')
    await rename('streaks_gone', 'streaks')
    expect(answer).toMatchObject({ status: 500, body: { code: 'server.failed' } })
    expect(JSON.stringify(answer.body)).not.toMatch(/select|streaks|\.ts|at /i)
  })
})
