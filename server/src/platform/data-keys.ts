import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/** The keys of personal data: the current one, and an earlier one whose values can still be read while keys are changed. */
export interface DataKeys {
  /** Names the current key in sealed values. */
  readonly id: string
  /** Of all keys, the current one first. */
  readonly ids: readonly string[]
  /** Seals with the current key. '' stays ''. */
  seal(text: string): string
  /** Opens what any of the keys sealed; throws on anything else. */
  open(sealed: string): string
  /** Keyed hash for looking up what is stored only sealed: hex, 64 characters, with the current key. */
  hash(text: string): string
  /** The hashes with all keys, the current one first. */
  hashes(text: string): string[]
  /** Whether the current key sealed it. */
  isCurrent(sealed: string): boolean
}

interface Secrets {
  dataSecret: string
  /** '' for none. */
  dataSecretOld: string
}

interface Key {
  id: string
  sealKey: Buffer
  secret: string
}

/** AES-256-GCM. A sealed value is `key id:nonce, tag, ciphertext in base64`; values of the first release lack the key id. */
export function dataKeys({ dataSecret, dataSecretOld }: Secrets): DataKeys {
  const keys = [dataSecret, dataSecretOld].filter(Boolean).map(keyOf)
  const current = keys[0]!

  function seal(text: string): string {
    if (text === '') return ''
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', current.sealKey, nonce)
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return `${current.id}:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`
  }

  function open(sealed: string): string {
    if (sealed === '') return ''
    const [id, body] = sealed.includes(':') ? sealed.split(':') : [null, sealed]
    for (const key of keys)
      if (id === null || id === key.id) {
        const text = opened(key, body!)
        if (text !== null) return text
      }
    throw new Error('a sealed value that neither DATA_SECRET nor DATA_SECRET_OLD opens')
  }

  return {
    id: current.id,
    ids: keys.map(({ id }) => id),
    seal,
    open,
    hash: (text) => hashed(current, text),
    hashes: (text) => keys.map((key) => hashed(key, text)),
    isCurrent: (sealed) => sealed.startsWith(`${current.id}:`),
  }
}

const keyOf = (secret: string): Key => ({
  id: createHmac('sha256', `${secret}/key-id`).update('').digest('hex').slice(0, 8),
  sealKey: createHash('sha256').update(`${secret}/seal`).digest(),
  secret,
})

const hashed = ({ secret }: Key, text: string) => createHmac('sha256', `${secret}/lookup`).update(text).digest('hex')

/** Null when another key sealed it. */
function opened({ sealKey }: Key, body: string): string | null {
  const all = Buffer.from(body, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', sealKey, all.subarray(0, 12))
  try {
    decipher.setAuthTag(all.subarray(12, 28))
    return Buffer.concat([decipher.update(all.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
