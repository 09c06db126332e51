import { ok } from './api.ts'
import { personOf } from './people.ts'
import { spendQuota } from './quotas.ts'
import { Refused } from './refused.ts'
import { checkApp } from './tokens.ts'
import type { Code, Endpoint, Person, World } from './types.ts'

const codeLifeMs = 5 * 60_000

/** Source: code2Session on developers.weixin.qq.com; 40163 for a code used before is what users report. */
export const codeToSession: Endpoint = {
  method: 'GET',
  path: '/sns/jscode2session',
  needsToken: false,
  contentType: 'text/plain',
  answer(world, { query }) {
    checkApp(world, query)
    if (!query.js_code) throw new Refused(41008)
    if (query.grant_type !== 'authorization_code') throw new Refused(40002)
    const person = redeem(world, query.js_code, 'login', 40163)
    return JSON.stringify({ session_key: person.sessionKey, openid: person.openid })
  },
}

/** Source: getPhoneNumber on developers.weixin.qq.com. */
export const phoneNumber: Endpoint = {
  method: 'POST',
  path: '/wxa/business/getuserphonenumber',
  needsToken: true,
  answer(world, { body }) {
    if (typeof body.code !== 'string') throw new Refused(47001)
    if (body.openid !== undefined && world.codes.get(body.code)?.openid !== body.openid) throw new Refused(40029)
    const { phone, countryCode } = redeem(world, body.code, 'phone', 40029)
    const abroad = countryCode !== '86'
    return ok({
      phone_info: {
        phoneNumber: abroad ? `+${countryCode}${phone}` : phone,
        purePhoneNumber: phone,
        // Typed as text and shown as a number in the same document: clients meet both.
        countryCode: abroad ? countryCode : Number(countryCode),
        watermark: { timestamp: Math.floor(world.now() / 1000), appid: world.settings.appId },
      },
    })
  },
}

/** Uses a code: once, within five minutes, for its own kind. */
function redeem(world: World, value: unknown, kind: Code['kind'], usedErrcode: number): Person {
  const code = world.codes.get(String(value))
  const person = personOf(world, code?.openid)
  const expired = code && world.now() - code.issuedAtMs >= codeLifeMs
  if (!code || !person || expired || code.kind !== kind || code.state === 'replaced') throw new Refused(40029)
  if (code.state === 'used') throw new Refused(usedErrcode)
  if (kind === 'login') spendQuota(world, 'login of one person', person.openid)
  if (kind === 'login' && person.risky) throw new Refused(40226)
  code.state = 'used'
  return person
}
