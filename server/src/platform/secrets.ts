import { createHash, randomBytes } from 'node:crypto'

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

/** A random token of 256 bits, URL-safe. */
export const newToken = (): string => randomBytes(32).toString('base64url')
