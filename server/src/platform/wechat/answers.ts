import { failureOf, WeChatError } from './errors.ts'
import type { Answer } from './exchange.ts'
import { isObject, parseObject } from './json.ts'

// Each reads one answer, or throws its failure. An answer without a required field counts as broken.

export function readToken(answer: Answer): { value: string; expiresInSeconds: number } {
  const { access_token, expires_in } = readJson(answer)
  return { value: text(access_token, answer), expiresInSeconds: Number(expires_in) }
}

export function readSession(answer: Answer): { openid: string; unionid?: string } {
  const { openid, unionid } = readJson(answer)
  return { openid: text(openid, answer), ...(typeof unionid === 'string' && { unionid }) }
}

export function readPhone(answer: Answer): { phone: string; countryCode: string } {
  const { phone_info } = readJson(answer)
  const info = isObject(phone_info) ? phone_info : {}
  // The country code is documented as text and shown as a number.
  return { phone: text(info.purePhoneNumber, answer), countryCode: String(info.countryCode ?? '86') }
}

export function readSent(answer: Answer): { msgId: string } {
  const { msgid } = readJson(answer)
  // The guide promises an id, the table of the call leaves it out: sent is sent, with or without.
  return { msgId: typeof msgid === 'string' ? msgid : '' }
}

/** A picture is sent as bytes, a failure as JSON, both with varying content types: the first bytes distinguish them. */
export function readPicture(answer: Answer): { bytes: Buffer; mediaType: 'image/png' | 'image/jpeg' } {
  const { bytes } = answer
  if (bytes.subarray(0, 4).toString('hex') === '89504e47') return { bytes, mediaType: 'image/png' }
  if (bytes.subarray(0, 3).toString('hex') === 'ffd8ff') return { bytes, mediaType: 'image/jpeg' }
  readJson(answer)
  throw new WeChatError({ path: answer.path, kind: 'broken-off' })
}

/** WeChat sends JSON as text/plain on some paths, so the content type is ignored. */
function readJson({ bytes, path }: Answer): Record<string, unknown> {
  const answer = parseObject(bytes.toString('utf8'))
  if (!answer) throw new WeChatError({ path, kind: 'broken-off' })
  const failure = failureOf(path, answer)
  if (failure) throw failure
  return answer
}

function text(value: unknown, { path }: Answer): string {
  if (typeof value === 'string' && value !== '') return value
  throw new WeChatError({ path, kind: 'broken-off' })
}
