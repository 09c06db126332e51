import { randomBytes } from 'node:crypto'
import { Refused } from './refused.ts'
import type { AccessToken, Endpoint, World } from './types.ts'

const lifeMs = 7_200_000
const overlapMs = 5 * 60_000
const forcePauseMs = 30_000
const forcesPerDay = 20
const dayMs = 86_400_000

/** Source: getStableAccessToken on developers.weixin.qq.com. */
export const stableToken: Endpoint = {
  method: 'POST',
  path: '/cgi-bin/stable_token',
  needsToken: false,
  answer(world, { body }) {
    checkApp(world, body)
    if (body.grant_type !== 'client_credential') throw new Refused(40002)
    const token = body.force_refresh === true ? forced(world) : current(world)
    const expires_in = Math.floor((token.expiresAtMs - world.now()) / 1000)
    return JSON.stringify({ access_token: token.value, expires_in })
  },
}

export function checkApp(world: World, { appid, secret }: Record<string, unknown>): void {
  if (!appid) throw new Refused(41002)
  if (!secret) throw new Refused(41004)
  if (appid !== world.settings.appId) throw new Refused(40013)
  if (secret !== world.settings.appSecret) throw new Refused(40125)
}

export function checkToken(world: World, value: unknown): void {
  if (!value) throw new Refused(41001)
  const token = world.tokens.find((one) => one.value === value)
  if (!token || token.killed) throw new Refused(40001)
  if (world.now() >= token.expiresAtMs) throw new Refused(42001)
}

/** Rotates five minutes before the end; until then the old token is valid beside the new one. */
function current(world: World): AccessToken {
  const latest = world.tokens.at(-1)
  const usable = latest && !latest.killed && world.now() < latest.expiresAtMs - overlapMs
  return usable ? latest : mint(world)
}

/** Invalidates earlier tokens. Has no effect within 30 seconds of the last call, and is limited to 20 calls a day. */
function forced(world: World): AccessToken {
  const now = world.now()
  world.forcedAtMs = world.forcedAtMs.filter((at) => now - at < dayMs)
  const last = world.forcedAtMs.at(-1)
  if (last !== undefined && now - last < forcePauseMs) return current(world)
  if (world.forcedAtMs.length >= forcesPerDay) throw new Refused(45009)
  world.forcedAtMs.push(now)
  for (const token of world.tokens) token.killed = true
  return mint(world)
}

function mint(world: World): AccessToken {
  // WeChat asks to reserve at least 512 characters, so tokens have that length.
  const token = { value: randomBytes(384).toString('base64url'), expiresAtMs: world.now() + lifeMs, killed: false }
  world.tokens = [...world.tokens.slice(-3), token]
  return token
}
