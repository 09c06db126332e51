import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

// Source: "message push" on developers.weixin.qq.com; its printed examples are our tests.

/** The signature of a push over the parts that belong to its mode, sorted as text. */
export function signatureOf(...parts: string[]): string {
  return createHash('sha1').update(parts.sort().join('')).digest('hex')
}

/** AES-256-CBC of 16 random bytes, the length, the message and the app id, padded to blocks of 32. */
export function encrypt(message: string, aesKey: string, appId: string, prefix = randomBytes(16)): string {
  const body = Buffer.from(message, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([prefix, length, body, Buffer.from(appId, 'utf8')])
  const padLength = blockBytes - (plain.length % blockBytes)
  const { key, iv } = keyOf(aesKey)
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(padLength, padLength)),
    cipher.final(),
  ]).toString('base64')
}

/** Throws when the text was not encrypted with this key for this app id. */
export function decrypt(encrypted: string, aesKey: string, appId: string): string {
  const { key, iv } = keyOf(aesKey)
  // OpenSSL's own unpadding refuses pads above 16, and WeChat's blocks are twice that.
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  const padLength = padded.at(-1) ?? 0
  if (padLength < 1 || padLength > blockBytes || padded.length < 20 + padLength) throw new Error('bad padding')

  const plain = padded.subarray(0, padded.length - padLength)
  const end = 20 + plain.readUInt32BE(16)
  if (plain.subarray(end).toString('utf8') !== appId) throw new Error('meant for another app')
  return plain.subarray(20, end).toString('utf8')
}

const blockBytes = 32

function keyOf(aesKey: string) {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  return { key, iv: key.subarray(0, 16) }
}
