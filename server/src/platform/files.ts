import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Refusal } from '@pointbook/shared/refusals'

const kinds: { extension: string; starts: (bytes: Buffer) => boolean }[] = [
  {
    extension: 'png',
    starts: (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  },
  { extension: 'jpg', starts: (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) },
  {
    extension: 'webp',
    starts: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  },
]

/** Pictures under the data folder, named by their content, so that the same picture is kept once. */
export interface Files {
  folder: string
  /** Keeps a picture given as base64 and returns its path on this server. Refuses with `picture.invalid` what is no PNG, JPEG or WebP. */
  keepPicture(base64: string): Promise<string>
}

export function filesIn(home: string): Files {
  const folder = resolve(home, 'files')
  return {
    folder,
    keepPicture: async (base64) => {
      const bytes = Buffer.from(base64, 'base64')
      const kind = kinds.find(({ starts }) => starts(bytes))
      if (!kind) throw new Refusal('picture.invalid')
      const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.${kind.extension}`
      await mkdir(folder, { recursive: true })
      const unfinished = join(folder, `.${name}.${randomUUID()}`)
      await writeFile(unfinished, bytes)
      await rename(unfinished, join(folder, name))
      return `/files/${name}`
    },
  }
}
