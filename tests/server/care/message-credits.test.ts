import { jobs } from '@pointbook/server/features'
import { pushNonces } from '@pointbook/server/features/care/messages/tables'
import { signatureOf } from '@pointbook/server/platform/wechat/push-crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aMessageWorld, templates } from '../../support/message-world.ts'
import { fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aMessageWorld>>

beforeAll(async () => {
  world = await aMessageWorld()
})
afterAll(() => world.close())

type Phone = Awaited<ReturnType<typeof world.aPhone>>

async function reports(memberId: number, answers: Record<string, string>, requestId = fresh('tap')) {
  const speaker = await world.asMember(memberId)
  const list = Object.entries(answers).map(([templateId, answer]) => ({ templateId, answer }))
  return speaker.ask('POST /me/message-credits', { answers: list, requestId })
}

let second = 1_772_424_000
const event = ({ openid }: Phone, name: string, templateId: string, status: string, createTime = second++) => ({
  ToUserName: 'gh_1',
  FromUserName: openid,
  CreateTime: createTime,
  MsgType: 'event',
  Event: name,
  List: { TemplateId: templateId, SubscribeStatusString: status, PopupScene: '0' },
})
const accepts = (phone: Phone, createTime?: number) =>
  world.push(event(phone, 'subscribe_msg_popup_event', templates.expiry, 'accept', createTime))
const switchesOff = (phone: Phone, createTime?: number) =>
  world.push(event(phone, 'subscribe_msg_change_event', templates.expiry, 'reject', createTime))
const credits = ({ memberId }: Phone) => world.credits(memberId, templates.expiry)

it('counts an accept that the mini-program reports once, also when it is reported again', async () => {
  const phone = await world.aPhone()
  const answers = { [templates.expiry]: 'accept', [templates.pickup]: 'reject' }
  expect((await reports(phone.memberId, answers, 'same-tap')).body).toEqual({ expiry: 1, pickup: 0 })
  expect((await reports(phone.memberId, answers, 'same-tap')).body).toEqual({ expiry: 1, pickup: 0 })
  expect((await reports(phone.memberId, answers)).body).toEqual({ expiry: 2, pickup: 0 })
  const member = await world.asMember(phone.memberId)
  expect(await member.call('GET /me/message-credits')).toEqual({ expiry: 2, pickup: 0 })
})

describe.each(['acceptWithAudio', 'acceptWithAlert', 'acceptWithForcePush'])('the answer %s (FP9)', (answer) => {
  it('counts as an accept when the mini-program reports it', async () => {
    const phone = await world.aPhone()
    expect((await reports(phone.memberId, { [templates.expiry]: answer })).body).toEqual({ expiry: 1, pickup: 0 })
  })

  it('counts as an accept when WeChat reports it, and switches nothing off', async () => {
    const phone = await world.aPhone()
    await world.push(event(phone, 'subscribe_msg_popup_event', templates.expiry, answer))
    expect(await credits(phone)).toBe(1)
    await world.push(event(phone, 'subscribe_msg_change_event', templates.expiry, answer))
    expect(await credits(phone)).toBe(1)
  })
})

it('counts no other answer, and no foreign template', async () => {
  const phone = await world.aPhone()
  for (const answer of ['reject', 'ban', 'filter']) await reports(phone.memberId, { [templates.expiry]: answer })
  expect((await reports(phone.memberId, { 'tpl-of-another-shop': 'accept' })).body).toEqual({ expiry: 0, pickup: 0 })
})

it.each(['mini-program first', 'WeChat first'])('counts one tap reported by both once, the %s', async (order) => {
  const phone = await world.aPhone()
  const tell = [() => reports(phone.memberId, { [templates.expiry]: 'accept' }), () => accepts(phone)]
  for (const one of order === 'WeChat first' ? tell.reverse() : tell) await one()
  expect(await credits(phone)).toBe(1)
})

it('counts each tap once, with reports of both sources in any order', async () => {
  const phone = await world.aPhone()
  await Promise.all(
    [1, 2, 3, 4, 5].flatMap(() => [reports(phone.memberId, { [templates.expiry]: 'accept' }), accepts(phone)]),
  )
  expect(await credits(phone)).toBe(5)
})

it('counts accepts that only WeChat reports, once per delivery and its repetitions', async () => {
  const phone = await world.aPhone()
  const at = second++
  for (let delivery = 0; delivery < 3; delivery++) {
    const answer = await accepts(phone, at)
    expect([answer.statusCode, answer.body]).toEqual([200, 'success'])
  }
  expect(await credits(phone)).toBe(1)
})

it('removes all credits once when the member switches the template off', async () => {
  const phone = await world.aPhone()
  await reports(phone.memberId, { [templates.expiry]: 'accept' })
  await reports(phone.memberId, { [templates.expiry]: 'accept' })
  const at = second++
  await switchesOff(phone, at)
  expect(await credits(phone)).toBe(0)
  await reports(phone.memberId, { [templates.expiry]: 'accept' })
  await switchesOff(phone, at)
  expect(await credits(phone)).toBe(1)
})

it('removes no credit when the member only refuses in the dialog', async () => {
  const phone = await world.aPhone()
  await reports(phone.memberId, { [templates.expiry]: 'accept' })
  await world.push(event(phone, 'subscribe_msg_popup_event', templates.expiry, 'reject'))
  expect(await credits(phone)).toBe(1)
})

it('answers success to events of unknown people and to other events', async () => {
  const stranger = { memberId: 0, openid: 'o-nobody-we-know' }
  expect((await accepts(stranger)).body).toBe('success')
  const phone = await world.aPhone()
  const { List: _, ...other } = event(phone, 'user_enter_tempsession', '', '')
  expect((await world.push(other)).body).toBe('success')
})

it('refuses a push that WeChat has not signed', async () => {
  const phone = await world.aPhone()
  const body = event(phone, 'subscribe_msg_popup_event', templates.expiry, 'accept')
  const forged = await world.push(body, { msg_signature: 'f'.repeat(40) })
  expect([forged.statusCode, forged.json().code]).toEqual([401, 'push.invalid'])
  const plain = await world.app.http.inject({ method: 'POST', url: '/wechat/push?signature=x', payload: body })
  expect(plain.json().code).toBe('push.invalid')
  const large = await world.app.http.inject({
    method: 'POST',
    url: '/wechat/push',
    headers: { 'content-type': 'text/xml' },
    payload: 'x'.repeat(100_000),
  })
  expect(large.json().code).toBe('input.too-large')
  expect(await credits(phone)).toBe(0)
})

it("answers only the console's check of the address with its echo", async () => {
  const check = (signature: string) =>
    world.app.http.inject({ url: '/wechat/push', query: { signature, timestamp: '1', nonce: '2', echostr: '437' } })
  const right = await check(signatureOf('demoPushToken', '1', '2'))
  expect([right.statusCode, right.headers['content-type'], right.body]).toEqual([
    200,
    expect.stringContaining('text/plain'),
    '437',
  ])
  expect((await check('0'.repeat(40))).json().code).toBe('push.invalid')
  expect((await world.app.http.inject({ url: '/wechat/push' })).json().code).toBe('push.invalid')
})

it.each([
  ['no answers', { answers: [], requestId: 'request-1' }],
  ['too many answers', { answers: Array(6).fill({ templateId: 'a', answer: 'accept' }), requestId: 'request-1' }],
  ['an answer WeChat does not give', { answers: [{ templateId: 'a', answer: 'yes' }], requestId: 'request-1' }],
  ['no request id', { answers: [{ templateId: 'a', answer: 'accept' }] }],
])('refuses a report with %s', async (_, input) => {
  const member = await world.asMember((await world.aPhone()).memberId)
  expect((await member.ask('POST /me/message-credits', input)).body.code).toBe('input.invalid')
})

// The server listens on a port from here on, so this one comes last.
it("counts a tap once when WeChat's push and the mini-program both report it", async () => {
  await world.listen()
  const phone = await world.aPhone()
  await world.allows(phone.openid, templates.expiry)
  await expect.poll(() => credits(phone)).toBe(1)
  await reports(phone.memberId, { [templates.expiry]: 'accept' })
  expect(await credits(phone)).toBe(1)
  await world.control('template-switch', { openid: phone.openid, templateId: templates.expiry, on: false })
  await expect.poll(() => credits(phone)).toBe(0)
})

describe('a push that WeChat has signed', () => {
  const secondsFromNow = (seconds: number) => ({ timestamp: String(Math.floor(Date.now() / 1000) + seconds) })
  const pushAt = async (phone: Phone, more: Record<string, string>) => {
    const answer = await world.push(event(phone, 'subscribe_msg_popup_event', templates.expiry, 'accept'), more)
    return [answer.statusCode, answer.body === 'success' ? 'success' : answer.json().code]
  }

  it('is accepted within five minutes before and after its time (FS19)', async () => {
    const phone = await world.aPhone()
    for (const seconds of [-290, 290]) expect(await pushAt(phone, secondsFromNow(seconds))).toEqual([200, 'success'])
    for (const seconds of [-310, 310, -86_400, 86_400_000])
      expect(await pushAt(phone, secondsFromNow(seconds))).toEqual([401, 'push.outdated'])
    for (const timestamp of ['', '0', 'now', '1e9', '-1'])
      expect(await pushAt(phone, { timestamp })).toEqual([401, 'push.outdated'])
    expect(await credits(phone)).toBe(2)
  })

  it('is handled once for any number of repeated or simultaneous deliveries (FS19)', async () => {
    const phone = await world.aPhone()
    const same = { ...secondsFromNow(0), nonce: '4711' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => pushAt(phone, same)))
    expect(answers.filter(([status]) => status === 200)).toEqual([[200, 'success']])
    expect(answers.filter(([status]) => status !== 200)).toEqual(Array(9).fill([409, 'push.repeated']))
    expect(await credits(phone)).toBe(1)
    expect(await pushAt(phone, { ...same, nonce: '4712' })).toEqual([200, 'success'])
  })

  it('is accepted again when it could not be handled (FS19)', async () => {
    const phone = await world.aPhone()
    const same = { ...secondsFromNow(0), nonce: '4713' }
    const rename = (from: string, to: string) => world.outside.databases.pool.query(`RENAME TABLE ${from} TO ${to}`)
    await rename('credit_events', 'credit_events_gone')
    expect((await pushAt(phone, same))[0]).toBe(500)
    await rename('credit_events_gone', 'credit_events')
    expect(await pushAt(phone, same)).toEqual([200, 'success'])
    expect(await credits(phone)).toBe(1)
  })

  it('is deleted from the record when it is outdated (FS19)', async () => {
    const sweep = jobs(world.server).find(({ name }) => name === 'sweep-push-nonces')!
    await sweep.run()
    expect(await world.db.$count(pushNonces)).toBeGreaterThan(0)
    await world.db.update(pushNonces).set({ seenAt: '2026-01-01T00:00:00.000Z' })
    await sweep.run()
    expect(await world.db.$count(pushNonces)).toBe(0)
  })

  it('is refused without a message about its time when the signature is wrong (FS19)', async () => {
    const phone = await world.aPhone()
    const forged = { ...secondsFromNow(-86_400), msg_signature: 'f'.repeat(40) }
    expect(await pushAt(phone, forged)).toEqual([401, 'push.invalid'])
  })
})
