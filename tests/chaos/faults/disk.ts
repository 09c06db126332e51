import { appendFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from '@pointbook/config/bootstrap/children'
import { type Disk, type Fault, forSeconds } from './fault.ts'

const CHUNK = Buffer.alloc(1024 * 1024)
const FULL_MS = 6_000
const ROOM_AGAIN_MS = 3_000

export const fullDisk: Fault = {
  title: 'fill the disk of the data folder',
  disk: mountDisk,
  make: ({ folder, database }, seconds) =>
    forSeconds(seconds, async () => {
      const ballast = path.join(folder, 'ballast')
      await sleep(3_000)
      const end = performance.now() + FULL_MS
      // Space that the database frees meanwhile is filled as well.
      while (performance.now() < end) if (!(await takeRoom(ballast))) await sleep(20)
      await rm(ballast)
      // A database that cannot write its log ends, sometimes a moment later, and its supervisor starts it again.
      const watched = performance.now() + ROOM_AGAIN_MS
      while (performance.now() < watched) {
        await database.start()
        await sleep(100)
      }
    }),
}

async function takeRoom(ballast: string): Promise<boolean> {
  return appendFile(ballast, CHUNK).then(
    () => true,
    () => false,
  )
}

/** A small disk in memory, for which this machine must let us be root. */
async function mountDisk(folder: string): Promise<Disk> {
  try {
    await run(['mount', '-t', 'tmpfs', '-o', 'size=1g', 'tmpfs', folder])
  } catch {
    return { mounted: false, why: 'only root may mount a small disk' }
  }
  return {
    mounted: true,
    unmount: async () => {
      await run(['umount', folder])
    },
  }
}
