import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { encrypt, signatureOf } from '../src/platform/wechat/push-crypto.ts'
import { note } from './journal.ts'
import type { Push, World } from './types.ts'

type Item = Record<string, string>
type Unsent = Pick<Push, 'openid' | 'event' | 'format'> & { items: Item[] }

const mostAttempts = 3
const answerWithinMs = 5_000

/** Sends an event in the background; a failed delivery is repeated, three attempts in total. */
export function pushEvent(world: World, openid: string, event: string, items: Item[]): void {
  if (!world.settings.pushUrl) return
  const id = (world.pushes.at(-1)?.id ?? 0) + 1
  const { format } = world.pushMode
  const body = bodyOf(world, { openid, event, format, items })
  const push: Push = { id, openid, event, format, body, attempts: [], heard: false }
  world.pushes = [...world.pushes.slice(-99), push]
  void deliver(world, push)
}

async function deliver(world: World, push: Push): Promise<void> {
  for (let attempt = 1; attempt <= mostAttempts && !push.heard && !world.closed; attempt++) {
    if (attempt > 1) await sleep(world.settings.pushRetryMs ?? 5_000, undefined, { ref: false })
    await attemptPush(world, push)
  }
}

/** One delivery now, also of an event that was delivered before: WeChat repeats events. */
export async function attemptPush(world: World, push: Push): Promise<void> {
  const { query, body, type } = sealed(world, push)
  const startedAt = performance.now()
  const { status, text } = await post(`${world.settings.pushUrl}?${query}`, body, type)
  push.heard ||= status === 200 && ['', 'success'].includes(text)
  push.attempts.push(status === 0 ? text : `${status} ${text.slice(0, 60)}`.trim())
  note(world, {
    atMs: world.now(),
    direction: 'out',
    method: 'POST',
    path: push.event,
    asked: push.body,
    answered: text.slice(0, 200),
    status,
    errcode: 0,
    tookMs: performance.now() - startedAt,
  })
}

async function post(url: string, body: string, type: string): Promise<{ status: number; text: string }> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs)
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': type }, signal })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    return { status: 0, text: error instanceof DOMException ? 'timed out' : 'unreachable' }
  }
}

/** Signs, and in secure mode encrypts, as WeChat does; each delivery has its own time and nonce. */
function sealed({ settings, pushMode, now }: World, { openid, body, format }: Push) {
  const { pushToken, pushAesKey, appId } = settings
  const timestamp = String(Math.floor(now() / 1000))
  const nonce = String(randomInt(100_000_000, 1_000_000_000))
  const query = new URLSearchParams({ signature: signatureOf(pushToken, timestamp, nonce), timestamp, nonce, openid })
  const type = format === 'xml' ? 'text/xml' : 'application/json'
  if (!pushMode.secure) return { query, body, type }

  const encrypted = encrypt(body, pushAesKey, appId)
  query.set('encrypt_type', 'aes')
  query.set('msg_signature', signatureOf(pushToken, timestamp, nonce, encrypted))
  const wrapped =
    format === 'xml'
      ? `<xml>${element('ToUserName', receiver(appId))}${element('Encrypt', encrypted)}</xml>`
      : JSON.stringify({ ToUserName: receiver(appId), Encrypt: encrypted })
  return { query, body: wrapped, type }
}

/** JSON has the items in `List`, bare when there is one; XML in an element named after the event. */
function bodyOf({ settings, now }: World, { openid, event, format, items }: Unsent): string {
  const head = {
    ToUserName: receiver(settings.appId),
    FromUserName: openid,
    CreateTime: Math.floor(now() / 1000),
    MsgType: 'event',
    Event: event,
  }
  if (format === 'json') return JSON.stringify({ ...head, List: items.length === 1 ? items[0] : items })
  const wrapper = event.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase())
  const lists = items.map((item) => `<List>${elements(item)}</List>`).join('')
  return `<xml>${elements(head)}<${wrapper}>${lists}</${wrapper}></xml>`
}

const receiver = (appId: string) => `gh_${appId.slice(-12)}`
const elements = (fields: Record<string, string | number>) =>
  Object.entries(fields)
    .map(([name, value]) => element(name, value))
    .join('')
const element = (name: string, value: string | number) =>
  typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`
