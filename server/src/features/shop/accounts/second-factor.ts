import { randomBytes, randomInt } from 'node:crypto'
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

/** The time step of a code; null for a wrong one. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? null : Math.floor(now / 1000 / STEP_SECONDS) + delta
}

/** Ten codes of 74 bits such as `k7mq2-x2vp9-3hwtc`, each for one log-in without the phone. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => [signs(5), signs(5), signs(5)].join('-'))

const signs = (length: number) =>
  Array.from({ length }, () => RECOVERY_SIGNS.charAt(randomInt(RECOVERY_SIGNS.length))).join('')

/** What is stored of a recovery code: `SALT$HASH`, as OWASP ASVS 4.0.3, 2.6.2 asks of codes below 112 bits. */
export function storedRecovery(code: string): string {
  const salt = randomBytes(8).toString('hex')
  return `${salt}$${recoveryHash(code, salt)}`
}

/** The one among the stored codes that was typed, with or without dashes, in any case. Codes of the first release have no salt. */
export function recoveryOf(stored: readonly string[], code: string): string | undefined {
  return stored.find((each) => {
    const [hash, salt = ''] = each.split('$').reverse()
    return hash === recoveryHash(code, salt)
  })
}

const recoveryHash = (code: string, salt: string): string =>
  sha256(`${salt}recovery/${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
