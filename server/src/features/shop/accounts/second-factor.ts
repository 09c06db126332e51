import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { sha256 } from '../../../platform/secrets.ts'

// RFC 6238 as authenticators expect it: SHA-1, six digits, thirty seconds; one step either way for a phone's wrong clock.
const STEP_SECONDS = 30
const WINDOW = 1
const SECRET_BYTES = 20
const RECOVERY_CODES = 10
const RECOVERY_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'

const totpOf = (secret: string, label = '') =>
  new TOTP({
    issuer: '积分簿',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  })

/** A new secret in base32, and the address that an authenticator reads from a QR code. */
export function newSecondFactor(login: string): { secret: string; uri: string } {
  const secret = new Secret({ size: SECRET_BYTES }).base32
  return { secret, uri: totpOf(secret, login).toString() }
}

/** The time step of a code; null for a wrong one, or for one of a step up to `usedStep`. */
export function stepOfCode(secret: string, code: string, usedStep: number, now: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW })
  if (delta === null) return null
  const step = Math.floor(now / 1000 / STEP_SECONDS) + delta
  return step > usedStep ? step : null
}

/** Ten codes of 50 bits such as `k7mq2-x2vp9`, each for one log-in without the phone. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, () => `${signs(5)}-${signs(5)}`)

const signs = (length: number) =>
  Array.from({ length }, () => RECOVERY_SIGNS.charAt(randomInt(RECOVERY_SIGNS.length))).join('')

/** The hash under which a recovery code is stored; typed with or without its dash, in any case. */
export const recoveryHash = (code: string): string => sha256(`recovery/${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
