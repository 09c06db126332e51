import { expect, test } from 'vitest'
import { aSandbox, minutes, templates } from '../../support/sandbox.ts'

const reminder = { number1: '120', date2: '2026-03-09', thing3: '招牌拿铁一杯', thing4: '别让积分白白溜走' }
type Sandbox = Awaited<ReturnType<typeof aSandbox>>

const sends = ({ client, openid }: Sandbox, more: object = {}) =>
  client.sendSubscribeMessage({ openid, templateId: templates.expiry, data: reminder, ...more })

test('one accept allows one message; the next one is refused without credit', async () => {
  const sandbox = await aSandbox()
  await expect(sends(sandbox)).rejects.toMatchObject({ kind: 'no-credit', errcode: 43101 })
  await sandbox.accepts(templates.expiry)
  await sends(sandbox)
  await expect(sends(sandbox)).rejects.toMatchObject({ kind: 'no-credit', errcode: 43101 })
})

test('the message arrives with its values and its page', async () => {
  const sandbox = await aSandbox()
  await sandbox.accepts(templates.expiry)
  await sends(sandbox, { page: 'pages/home/index?from=reminder' })
  const [message] = await sandbox.ask('GET', `/phone/messages?openid=${sandbox.openid}`)
  expect(message).toMatchObject({ title: '积分到期提醒', page: 'pages/home/index?from=reminder', values: reminder })
  expect(message.lines[0]).toEqual({ label: '到期积分', value: '120' })
})

test('message ids beyond 2^53 keep every digit', async () => {
  const sandbox = await aSandbox()
  await sandbox.accepts(templates.expiry)
  const { msgId } = await sends(sandbox)
  expect(msgId).toBe('1864323726461255680')
  const [message] = await sandbox.ask('GET', `/phone/messages?openid=${sandbox.openid}`)
  expect(message.msgId).toBe(msgId)
})

test('credits add up, belong to one template, and end when the template is switched off', async () => {
  const sandbox = await aSandbox()
  await sandbox.accepts(templates.expiry)
  await sandbox.accepts(templates.expiry)
  await sandbox.accepts(templates.expiry)
  await expect(sends(sandbox, { templateId: templates.pickup, data: pickup })).rejects.toMatchObject({
    kind: 'no-credit',
  })
  await sends(sandbox)
  await sends(sandbox)
  await sandbox.control('template-switch', { openid: sandbox.openid, templateId: templates.expiry, on: false })
  await sandbox.control('template-switch', { openid: sandbox.openid, templateId: templates.expiry, on: true })
  await expect(sends(sandbox)).rejects.toMatchObject({ kind: 'no-credit' })
})
const pickup = { thing1: '燕麦拿铁', character_string2: '8203 4417', number3: '300', thing4: '七日内到店领取' }

test('a refusal in the panel does not change earlier credit', async () => {
  const sandbox = await aSandbox()
  await sandbox.accepts(templates.expiry)
  await sandbox.control('consent', { openid: sandbox.openid, answers: { [templates.expiry]: 'reject' } })
  await sends(sandbox)
})

test('a pick-up code is sent without the blanks between its groups', async () => {
  const sandbox = await aSandbox()
  await sandbox.accepts(templates.pickup)
  await sends(sandbox, { templateId: templates.pickup, data: pickup })
  const [message] = await sandbox.ask('GET', `/phone/messages?openid=${sandbox.openid}`)
  expect(message.values.character_string2).toBe('82034417')
})

test('an unknown openid, a template of another account and an unknown page are distinguished', async () => {
  const sandbox = await aSandbox({ pages: ['pages/home/index'] })
  await sandbox.accepts(templates.expiry)
  await expect(sends(sandbox, { openid: 'o-nobody' })).rejects.toMatchObject({ kind: 'openid-unknown', errcode: 40003 })
  await expect(sends(sandbox, { templateId: 'tpl-other' })).rejects.toMatchObject({ kind: 'config', errcode: 40037 })
  await expect(sends(sandbox, { page: 'pages/gone/index' })).rejects.toMatchObject({
    kind: 'bad-argument',
    errcode: 41030,
  })
  await sends(sandbox, { page: 'pages/home/index?from=reminder' })
})

test('a key left out of the message is refused and costs no credit', async () => {
  const sandbox = await aSandbox()
  await sandbox.accepts(templates.expiry)
  const { thing4, ...rest } = reminder
  await expect(sends(sandbox, { data: rest })).rejects.toMatchObject({ kind: 'bad-argument', errcode: 47003 })
  await sends(sandbox)
})

test('a banned template answers ban to the member and 43107 to us', async () => {
  const keys = [{ key: 'thing1', label: '提示' }]
  const sandbox = await aSandbox({ templates: [{ templateId: templates.expiry, title: '旧模板', keys, banned: true }] })
  expect(await sandbox.accepts(templates.expiry)).toMatchObject({ [templates.expiry]: 'ban' })
  await expect(sends(sandbox)).rejects.toMatchObject({ kind: 'banned', errcode: 43107 })
})

test('the daily quota of messages is a reason to wait for tomorrow', async () => {
  const sandbox = await aSandbox()
  await sandbox.ask('PUT', '/control/quotas', { '/cgi-bin/message/subscribe/send': { perDay: 0 } })
  await sandbox.accepts(templates.expiry)
  await expect(sends(sandbox)).rejects.toMatchObject({ kind: 'quota', errcode: 45009 })
  await sandbox.ask('PUT', '/control/quotas', { '/cgi-bin/message/subscribe/send': { perDay: 9 } })
  sandbox.passes(24 * 60 * minutes)
  await sends(sandbox)
})

test.each([
  ['a value of 21 characters', { data: { ...aCard(), thing3: { value: '一'.repeat(21) } } }, 47003],
  ['an empty value', { data: { ...aCard(), thing3: { value: '' } } }, 47003],
  ['a number where text belongs', { data: { ...aCard(), number1: { value: 120 } } }, 47003],
  ['words at a number key', { data: { ...aCard(), number1: { value: '许多' } } }, 47003],
  ['a date nobody can read', { data: { ...aCard(), date2: { value: '下周一' } } }, 47003],
  ['data as text', { data: JSON.stringify(aCard()) }, 47001],
  ['an unknown state', { miniprogram_state: 'released' }, 47003],
  ['an unknown language', { lang: 'fr_FR' }, 47003],
])('WeChat refuses %s', async (_what, more, errcode) => {
  const sandbox = await aSandbox()
  await sandbox.accepts(templates.expiry)
  const body = { touser: sandbox.openid, template_id: templates.expiry, data: aCard(), ...more }
  const path = `/cgi-bin/message/subscribe/send?access_token=${await sandbox.accessToken()}`
  const answer = await sandbox.wechat(path, body)
  expect(answer.errcode).toBe(errcode)
  expect(answer.errmsg).toMatch(/rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
})

function aCard(): Record<string, { value: unknown }> {
  return Object.fromEntries(Object.entries(reminder).map(([key, value]) => [key, { value }]))
}
