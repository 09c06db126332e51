import { randomBytes } from 'node:crypto'

// The texts WeChat is known to give; clients must go by the number.
const texts: Record<number, string> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40037: 'invalid template_id',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40129: 'invalid scene',
  40163: 'code been used',
  40164: 'invalid ip, not in whitelist',
  40169: 'invalid length for scene, or the data is not json string',
  40226: 'high risk user, login blocked',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  41030: 'invalid page',
  42001: 'access_token expired',
  43002: 'require POST method',
  43101: 'user refuse to accept the msg',
  43107: 'template or capability banned',
  43108: 'concurrent send to the same user',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  45168: 'message contains sensitive words',
  47001: 'data format error',
  47003: 'argument invalid!',
  48001: 'api unauthorized',
  85096: 'not allow include scancode_time field',
}

/** A business error: HTTP 200 with `errcode` and a text that ends in a request id. */
export class Refused extends Error {
  readonly errcode: number

  constructor(errcode: number, detail = '') {
    super(`${texts[errcode] ?? 'error'}${detail && ` ${detail}`}`)
    this.errcode = errcode
  }
}

export function refusalBody({ errcode, message }: Refused, now: number): string {
  const rid = [Math.floor(now / 1000).toString(16), ...[4, 4].map((size) => randomBytes(size).toString('hex'))].join(
    '-',
  )
  return JSON.stringify({ errcode, errmsg: `${message} rid: ${rid}` })
}
