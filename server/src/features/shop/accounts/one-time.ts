import { createHmac } from 'node:crypto'
import { addMs, type Instant, instant } from '@pointbook/shared/day'

const VALID_MS = 7 * 86_400_000
/** No letter or digit that looks like another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const SIGNS = 16

/**
 * A one-time password of 79 bits such as `k7mq-x2vp-9d3h-wtc4`. It follows from the request, so that a repeated request gets the
 * same one and none is stored.
 */
export function oneTimePassword(secret: string, login: string, requestId: string): string {
  const bytes = createHmac('sha512', `${secret}/one-time`).update(`${login}/${requestId}`).digest()
  const signs = Array.from({ length: SIGNS }, (_, index) =>
    ALPHABET.charAt(bytes.readUInt32LE(index * 4) % ALPHABET.length),
  )
  return signs.join('').replace(/(.{4})(?=.)/g, '$1-')
}

export const oneTimeUntil = (): Instant => addMs(instant(new Date()), VALID_MS)
