import { fileURLToPath } from 'node:url'

// This file and the bundle of the built server lie equally deep in the room, so both find its folders by the same way.
const room = new URL('../', import.meta.url)
const place = (path: string) => fileURLToPath(new URL(path, room))

/** Where the server finds what it serves and reads beside its own code. */
export const places = {
  migrations: place('migrations'),
  panel: place('panel/dist'),
  pictures: place('pictures'),
  preview: place('../miniprogram/dist/h5'),
}
