import { statfs } from 'node:fs/promises'
import { Trouble } from './step.mjs'

const spaceNeededBytes = 300 * 1024 * 1024
const lookAgainMs = 60_000

/** Refuses to start on a disk that is almost full: MariaDB does not fail on a full disk, it waits until there is space. */
export async function requireDiskSpace(folder: string, neededBytes = spaceNeededBytes) {
  const leftBytes = await bytesLeftOn(folder)
  if (leftBytes >= neededBytes) return
  throw new Trouble(`The disk is full: ${megabytes(leftBytes)} are left for ${folder}.`, {
    advice: `Pointbook needs ${megabytes(neededBytes)} of disk space. Free some, or set POINTBOOK_HOME to a folder on another disk.`,
  })
}

/** Warns when the disk becomes almost full while the product runs; once until there is space again. */
export function watchDiskSpace(folder: string) {
  let warned = false
  setInterval(async () => {
    const leftBytes = await bytesLeftOn(folder)
    const short = leftBytes < spaceNeededBytes
    if (short && !warned)
      console.error(
        `! The disk is nearly full: ${megabytes(leftBytes)} are left for ${folder}. Free some space, or nothing more can be recorded.`,
      )
    warned = short
  }, lookAgainMs).unref()
}

async function bytesLeftOn(folder: string) {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

function megabytes(bytes: number) {
  return `${Math.floor(bytes / 1024 / 1024)} MB`
}
