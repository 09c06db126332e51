import { randomUUID } from 'node:crypto'
import { access, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { makePicture, type PictureUse } from './pictures.ts'

/** Pictures under the data folder. Each upload has a unique name, so that deleting one does not affect another. */
export interface Files {
  folder: string
  /**
   * Stores a picture given as base64, converted for its use, and returns its path on this server. Throws `picture.invalid`,
   * `picture.too-large`.
   */
  keepPicture(base64: string, use: PictureUse): Promise<string>
  hasPicture(url: string): Promise<boolean>
  removePicture(url: string): Promise<void>
  /** Paths of the pictures stored before an instant, in milliseconds since 1970. */
  picturesBefore(atMs: number): Promise<string[]>
}

const PREFIX = '/files/'
const PICTURE = /^[0-9a-f]{32}\.(webp|png|jpg)$/

export const isPictureName = (name: string): boolean => PICTURE.test(name)

export const pictureFolder = (home: string): string => resolve(home, 'files')

export function filesIn(home: string): Files {
  const folder = pictureFolder(home)
  const pathOf = (url: string) => join(folder, basename(url))
  const changedMs = (name: string) =>
    stat(join(folder, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    )
  return {
    folder,
    keepPicture: async (base64, use) => {
      const bytes = await makePicture(Buffer.from(base64, 'base64'), use)
      const name = `${randomUUID().replaceAll('-', '')}.webp`
      await mkdir(folder, { recursive: true })
      const unfinished = join(folder, `.${name}`)
      await writeFile(unfinished, bytes)
      await rename(unfinished, join(folder, name))
      return PREFIX + name
    },
    hasPicture: (url) =>
      access(pathOf(url)).then(
        () => true,
        () => false,
      ),
    removePicture: (url) => rm(pathOf(url), { force: true }),
    picturesBefore: async (atMs) => {
      const names = (await readdir(folder)).filter(isPictureName)
      const times = await Promise.all(names.map(changedMs))
      return names.filter((_name, index) => times[index]! < atMs).map((name) => PREFIX + name)
    },
  }
}
