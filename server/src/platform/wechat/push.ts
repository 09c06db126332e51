import { timingSafeEqual } from 'node:crypto'
import { XMLParser } from 'fast-xml-parser'
import { isObject, parseObject } from './json.ts'
import { decrypt, signatureOf } from './push-crypto.ts'

/** As set in the WeChat console; an `aesKey` means secure mode, '' plain mode. */
export interface PushSecrets {
  appId: string
  token: string
  aesKey: string
}

export type PushQuery = Partial<Record<'signature' | 'timestamp' | 'nonce' | 'echostr' | 'msg_signature', string>>

/** One event from WeChat. `items` is filled for the subscribe-message events. */
export interface PushedEvent {
  /** The same for every delivery of an event: WeChat repeats deliveries that it thinks were lost. */
  key: string
  openid: string
  /** `subscribe_msg_popup_event`, `subscribe_msg_change_event`, `subscribe_msg_sent_event` or another. */
  event: string
  /** Seconds since 1970. */
  createdAtSeconds: number
  items: PushedItem[]
}

export interface PushedItem {
  templateId: string
  /** The member's answer; undefined for a sent event. */
  accepted?: boolean
  /** On a sent event: which message, and why it did not arrive ('' when it did). */
  msgId?: string
  failure?: string
}

/** Not from WeChat, not for us or not readable: answer 403 and look no further. */
export class PushRefused extends Error {
  override name = 'PushRefused'
}

/** The answer, as text/plain, to the console's check of the address; null when the check is not from WeChat. */
export function answerAddressCheck({ signature, timestamp, nonce, echostr }: PushQuery, token: string): string | null {
  if (!echostr || !same(signature, signatureOf(token, timestamp ?? '', nonce ?? ''))) return null
  return echostr
}

/**
 * Reads a push; throws `PushRefused`. Answer `success` within 5 seconds, or WeChat repeats it. With an AES key set, plain pushes
 * are refused: their signature does not cover the body.
 */
export function readPush(query: PushQuery, rawBody: string, { appId, token, aesKey }: PushSecrets): PushedEvent {
  const { signature, timestamp = '', nonce = '', msg_signature } = query
  const outer = parseBody(rawBody)
  if (!aesKey) {
    if (!same(signature, signatureOf(token, timestamp, nonce))) throw new PushRefused('signature does not match')
    return eventOf(outer)
  }
  const encrypted = textOf(outer.Encrypt)
  if (!encrypted || !same(msg_signature, signatureOf(token, timestamp, nonce, encrypted))) {
    throw new PushRefused('msg_signature does not match')
  }
  return eventOf(parseBody(opened(encrypted, aesKey, appId)))
}

function opened(encrypted: string, aesKey: string, appId: string): string {
  try {
    return decrypt(encrypted, aesKey, appId)
  } catch {
    throw new PushRefused('cannot be decrypted')
  }
}

function eventOf(body: Record<string, unknown>): PushedEvent {
  const [openid, event, createdAt] = [body.FromUserName, body.Event, body.CreateTime].map(textOf)
  if (!openid || !event || !createdAt) throw new PushRefused('not an event')
  const items = listOf(body, event).map(itemOf)
  const ids = items.flatMap(({ msgId }) => msgId ?? [])
  return {
    key: [openid, createdAt, event, ...ids].join('/'),
    openid,
    event,
    createdAtSeconds: Number(createdAt),
    items,
  }
}

// JSON puts the items into a top-level List, XML into an element named after the event; one item comes bare.
const xmlWrappers: Record<string, string> = {
  subscribe_msg_popup_event: 'SubscribeMsgPopupEvent',
  subscribe_msg_change_event: 'SubscribeMsgChangeEvent',
  subscribe_msg_sent_event: 'SubscribeMsgSentEvent',
}

function listOf(body: Record<string, unknown>, event: string): Record<string, unknown>[] {
  const wrapper = body[xmlWrappers[event] ?? '']
  const list = isObject(wrapper) ? wrapper.List : body.List
  return [list].flat().filter(isObject)
}

function itemOf(item: Record<string, unknown>): PushedItem {
  const msgId = textOf(item.MsgID)
  const status = textOf(item.SubscribeStatusString)
  const succeeded = textOf(item.ErrorCode) === '0'
  return {
    templateId: textOf(item.TemplateId),
    // `acceptWithAudio`, `acceptWithAlert` and `acceptWithForcePush` accept too.
    ...(status && { accepted: status.startsWith('accept') }),
    ...(msgId && { msgId, failure: succeeded ? '' : textOf(item.ErrorStatus) || 'failed' }),
  }
}

const xml = new XMLParser({ parseTagValue: false, processEntities: false })

function parseBody(text: string): Record<string, unknown> {
  const body = text.trimStart().startsWith('<') ? parseXml(text) : parseObject(text)
  if (!body) throw new PushRefused('neither JSON nor XML')
  return body
}

function parseXml(text: string): Record<string, unknown> | undefined {
  if (/<!DOCTYPE/i.test(text)) return undefined
  try {
    const { xml: root } = xml.parse(text)
    return isObject(root) ? root : undefined
  } catch {
    return undefined
  }
}

/** WeChat writes the same field as text in one place and as a number in another. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function same(actual: string | undefined, right: string): boolean {
  const [a, b] = [Buffer.from(actual ?? ''), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
