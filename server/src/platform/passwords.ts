import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { isCommonPassword } from '@pointbook/shared/common-password'
import { Refusal } from '@pointbook/shared/refusals'
import pLimit from 'p-limit'

const scryptAsync = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

// OWASP, "Password Storage Cheat Sheet": N = 2^15, r = 8, p = 3. Each takes 32 MB, so few are computed at a time and few may
// wait.
const NOW = { N: 2 ** 15, r: 8, p: 3 }
const KEY_BYTES = 32
const AT_ONCE = 2
const MOST_UNDER_WAY = 10

const fewAtATime = pLimit(AT_ONCE)

interface Hashed {
  N: number
  r: number
  p: number
  salt: Buffer
  key: Buffer
}

let underWay = 0

/** Does work that needs a password's hash; refuses with `server.busy`, before it begins, while too many others are at it. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= MOST_UNDER_WAY) throw new Refusal('server.busy')
  underWay++
  try {
    return await work()
  } finally {
    underWay--
  }
}

/** Throws `password.common` for a password that is easy to guess. */
export function requireUncommon(password: string, login: string): void {
  if (isCommonPassword(password, login)) throw new Refusal('password.common')
}

/** `scrypt$N=32768,r=8,p=3$SALT$KEY` in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, { ...NOW, salt, key: Buffer.alloc(KEY_BYTES) })
  return format({ ...NOW, salt, key })
}

const format = ({ N, r, p, salt, key }: Hashed): string =>
  `scrypt$N=${N},r=${r},p=${p}$${salt.toString('base64')}$${key.toString('base64')}`

/**
 * The hash that a password is compared with for an unknown login, so that both cases take the same time. No password has this
 * hash.
 */
export const NOBODYS_HASH = format({ ...NOW, salt: Buffer.alloc(16), key: Buffer.alloc(KEY_BYTES) })

export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const kept = parse(hashed)
  return timingSafeEqual(kept.key, await derive(password, kept))
}

/** Whether a password was hashed with less work than one is today. */
export function isOutdatedHash(hashed: string): boolean {
  const { N, r, p } = parse(hashed)
  return N < NOW.N || r < NOW.r || p < NOW.p
}

/** Hashes of the first release name no parameters: they are the runtime's own. */
function parse(hashed: string): Hashed {
  const [, ...parts] = hashed.split('$')
  const [salt = '', key = ''] = parts.slice(-2)
  const named = /^N=(\d+),r=(\d+),p=(\d+)$/.exec(parts.length > 2 ? parts[0]! : 'N=16384,r=8,p=1')
  const [N = 0, r = 0, p = 0] = (named ?? []).slice(1).map(Number)
  return { N, r, p, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') }
}

function derive(password: string, { N, r, p, salt, key }: Hashed): Promise<Buffer> {
  const maxmem = 256 * N * r
  return fewAtATime(() => scryptAsync(password, salt, key.length, { N, r, p, maxmem }))
}
