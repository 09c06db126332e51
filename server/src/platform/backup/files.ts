import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isPictureName } from '../files.ts'
import type { FileHeading } from './format.ts'

const ASIDE = '.backup-'
const LEFT_BEHIND_MS = 86_400_000
const CHUNK = 196_608
const LINKS_AT_ONCE = 50

export interface HeldFiles {
  /** Headings and contents of the files, those held and those stored since. */
  lines(): AsyncGenerator<string>
  release(): Promise<void>
}

/**
 * Keeps the present pictures from being removed: rows of a snapshot may show one that is replaced before it is copied. They are
 * linked into a folder beside them, which takes no space.
 */
export async function holdFiles(folder: string): Promise<HeldFiles> {
  await removeLeftBehind(folder)
  const aside = join(folder, `${ASIDE}${randomUUID()}`)
  await mkdir(aside, { recursive: true })
  const names = (await readdir(folder)).filter(isPictureName)
  for (let done = 0; done < names.length; done += LINKS_AT_ONCE)
    await Promise.all(names.slice(done, done + LINKS_AT_ONCE).map((name) => linkIn(folder, aside, name)))

  return {
    lines: async function* () {
      const held = new Set((await readdir(aside)).filter(isPictureName))
      const present = (await readdir(folder)).filter(isPictureName)
      for (const name of [...new Set([...held, ...present])].sort())
        yield* linesOf(join(held.has(name) ? aside : folder, name), name)
    },
    release: () => rm(aside, { recursive: true, force: true }),
  }
}

/** Where a file system has no links, the file is read in its own place. */
async function linkIn(folder: string, aside: string, name: string): Promise<void> {
  await link(join(folder, name), join(aside, name)).catch(() => {})
}

/** Of backups that were killed. */
async function removeLeftBehind(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(ASIDE))
  for (const path of names.map((name) => join(folder, name))) {
    const { mtimeMs } = await stat(path)
    if (mtimeMs < Date.now() - LEFT_BEHIND_MS) await rm(path, { recursive: true, force: true })
  }
}

async function* linesOf(path: string, name: string): AsyncGenerator<string> {
  const file = await open(path).catch((error) => {
    if (error.code !== 'ENOENT') throw error
    return null
  })
  if (!file) return
  try {
    const { size } = await file.stat()
    yield `${JSON.stringify({ file: name, bytes: size } satisfies FileHeading)}\n`
    for (let position = 0; position < size; ) {
      const chunk = Buffer.alloc(Math.min(CHUNK, size - position))
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
      if (bytesRead !== chunk.length) throw new Error(`${name} became shorter while it was read`)
      position += bytesRead
      yield `"${chunk.toString('base64')}"\n`
    }
  } finally {
    await file.close()
  }
}
