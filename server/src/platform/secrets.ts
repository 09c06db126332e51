import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

/** A random token of 256 bits, URL-safe. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Keyed hash for looking up what is stored only sealed. Hex, 64 characters. */
export const lookupHash = (secret: string, text: string): string =>
  createHmac('sha256', `${secret}/lookup`).update(text).digest('hex')

const sealKey = (secret: string) => createHash('sha256').update(`${secret}/seal`).digest()

/** AES-256-GCM: nonce, tag, ciphertext, as one base64 text. */
export function sealText(secret: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealKey(secret), nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

/** Throws when the text was not sealed with this secret. */
export function openText(secret: string, sealed: string): string {
  const all = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', sealKey(secret), all.subarray(0, 12))
  decipher.setAuthTag(all.subarray(12, 28))
  return Buffer.concat([decipher.update(all.subarray(28)), decipher.final()]).toString('utf8')
}
