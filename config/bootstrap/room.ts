import { statfs } from 'node:fs/promises'
import { Trouble } from './step.mjs'

const roomNeededBytes = 300 * 1024 * 1024
const lookAgainMs = 60_000

/** Refuses to begin on a disk that is about to be full: MariaDB does not fail there, it waits for room. */
export async function requireRoom(folder: string, neededBytes = roomNeededBytes) {
  const leftBytes = await roomIn(folder)
  if (leftBytes >= neededBytes) return
  throw new Trouble(`The disk is full: ${megabytes(leftBytes)} are left for ${folder}.`, {
    advice: `Pointbook needs ${megabytes(neededBytes)} of room. Make some, or set POINTBOOK_HOME to a folder on another disk.`,
  })
}

/** Says so, once each time, when the disk runs full under a running product. */
export function watchRoom(folder: string) {
  let warned = false
  setInterval(async () => {
    const leftBytes = await roomIn(folder)
    const short = leftBytes < roomNeededBytes
    if (short && !warned)
      console.error(
        `! The disk is nearly full: ${megabytes(leftBytes)} are left for ${folder}. Make room, or nothing more can be recorded.`,
      )
    warned = short
  }, lookAgainMs).unref()
}

async function roomIn(folder: string) {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

function megabytes(bytes: number) {
  return `${Math.floor(bytes / 1024 / 1024)} MB`
}
