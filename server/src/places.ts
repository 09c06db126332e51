import { fileURLToPath } from 'node:url'

// This file and the bundle of the built server are equally deep in the server's folder, so the same relative path serves both.
const serverFolder = new URL('../', import.meta.url)
const place = (path: string) => fileURLToPath(new URL(path, serverFolder))

/** Where the server finds what it serves and reads beside its own code. */
export const places = {
  migrations: place('migrations'),
  package: place('package.json'),
  panel: place('panel/dist'),
  pictures: place('pictures'),
  preview: place('../miniprogram/dist/h5'),
}
