import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { BackupFault } from './format.ts'

// AES-256-GCM in frames, so that neither writer nor reader holds more than one of them. Each file has a key of its own, derived
// from BACKUP_KEY and a random salt; therefore the number of a frame can be its nonce. The last frame is marked in its nonce: a
// file that ends earlier is truncated. The first line of the file is authenticated with each frame.

const MARK = '{"pointbook-backup":'
const CIPHER = 'aes-256-gcm'
const FRAME = 65_536
const TAG = 16
const LENGTH = 4

export const ALTERED = 'The file was altered or damaged: take another backup.'
export const TRUNCATED = 'The file is truncated: copy it again, or take another backup.'

interface Keys {
  /** The first line of the file, with its line break. */
  line: Buffer
  key: Buffer
}

const derived = (secret: string, salt: string, use: string, bytes: number) =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.from(salt, 'base64'), `pointbook backup ${use}`, bytes))

function newKeys(secret: string): Keys {
  const salt = randomBytes(16).toString('base64')
  const check = derived(secret, salt, 'check', 8).toString('base64')
  const line = Buffer.from(`${MARK}1,"cipher":"${CIPHER}","salt":"${salt}","check":"${check}"}\n`)
  return { line, key: derived(secret, salt, 'key', 32) }
}

/** True for the first bytes of an encrypted backup. */
export const isEncrypted = (begin: Buffer): boolean => begin.subarray(0, MARK.length).toString('latin1') === MARK

/** The keys of an encrypted file by its first bytes. Throws `BackupFault` for another key than the one it was written with. */
export function keysOf(begin: Buffer, secret: string): Keys {
  if (secret === '')
    throw new BackupFault('The file is encrypted: set BACKUP_KEY to the key with which it was written.')
  const line = begin.subarray(0, begin.indexOf('\n') + 1)
  const { cipher, salt, check } = firstLine(line)
  if (cipher !== CIPHER) throw new BackupFault(ALTERED)
  const expected = derived(secret, salt, 'check', 8)
  const given = Buffer.from(check, 'base64')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new BackupFault('BACKUP_KEY is not the key with which this file was written, or its first line was altered.')
  return { line, key: derived(secret, salt, 'key', 32) }
}

function firstLine(line: Buffer): { cipher: string; salt: string; check: string } {
  try {
    const { cipher, salt, check } = JSON.parse(line.toString('utf8'))
    return { cipher: String(cipher), salt: String(salt), check: String(check) }
  } catch {
    throw new BackupFault(ALTERED)
  }
}

function nonceOf(frame: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(frame))
  nonce[11] = isLast ? 1 : 0
  return nonce
}

/** Encrypts a stream: the first line, then frames of length, ciphertext and tag. */
export async function* sealed(chunks: AsyncIterable<Buffer>, secret: string): AsyncGenerator<Buffer> {
  const { line, key } = newKeys(secret)
  let frame = 0
  const seal = (plain: Buffer, isLast: boolean) => {
    const cipher = createCipheriv(CIPHER, key, nonceOf(frame++, isLast)).setAAD(line)
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    const length = Buffer.alloc(LENGTH)
    length.writeUInt32BE(body.length)
    return Buffer.concat([length, body, cipher.getAuthTag()])
  }
  yield line
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk])
    for (; rest.length > FRAME; rest = rest.subarray(FRAME)) yield seal(rest.subarray(0, FRAME), false)
  }
  yield seal(rest, true)
}

/** Decrypts what `sealed` wrote. Throws `BackupFault` at the first frame that was altered, and for a missing end. */
export async function* opened(chunks: AsyncIterable<Buffer>, { line, key }: Keys): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  let skip = line.length
  let frame = 0
  let ended = false
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk.subarray(Math.min(skip, chunk.length))])
    skip -= Math.min(skip, chunk.length)
    while (rest.length >= LENGTH) {
      const length = rest.readUInt32BE()
      if (ended || length > FRAME) throw new BackupFault(ALTERED)
      const size = LENGTH + length + TAG
      if (rest.length < size) break
      const part = rest.subarray(LENGTH, size)
      const plain = openFrame(part, key, line, frame, false) ?? openFrame(part, key, line, frame, true)
      if (!plain) throw new BackupFault(ALTERED)
      ended = plain.isLast
      rest = rest.subarray(size)
      frame++
      yield plain.bytes
    }
  }
  if (ended && rest.length > 0) throw new BackupFault(ALTERED)
  if (!ended) throw new BackupFault(TRUNCATED)
}

function openFrame(part: Buffer, key: Buffer, line: Buffer, frame: number, isLast: boolean) {
  try {
    const decipher = createDecipheriv(CIPHER, key, nonceOf(frame, isLast)).setAAD(line)
    decipher.setAuthTag(part.subarray(part.length - TAG))
    return { isLast, bytes: Buffer.concat([decipher.update(part.subarray(0, part.length - TAG)), decipher.final()]) }
  } catch {
    return null
  }
}
