import { inArray } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import type { Job } from '../../../platform/schedule.ts'
import type { Handlers, Server } from '../../../server.ts'
import { members } from '../../members/directory/tables.ts'
import { mallItems } from '../../spending/mall/tables.ts'

// A picture is unused between its upload and the moment when it is saved with an item.
const UNUSED_MS = 86_400_000
const AT_ONCE = 200

/** Removes a replaced picture, unless a merged member or another item shows it too. */
export const pictureHandlers = ({ db, files }: Server) =>
  ({
    'picture.replaced': {
      handle: async ({ url }) => {
        if (!(await shownOf(db, [url])).has(url)) await files.removePicture(url)
      },
    },
  }) satisfies Handlers

/** Removes what was uploaded and never used. */
export const pictureJobs = (server: Server): Job[] => [
  { name: 'sweep-pictures', pattern: '40 4 * * *', run: () => sweepPictures(server) },
]

async function sweepPictures({ db, files }: Server): Promise<void> {
  const urls = await files.picturesBefore(Date.now() - UNUSED_MS)
  for (let done = 0; done < urls.length; done += AT_ONCE) {
    const some = urls.slice(done, done + AT_ONCE)
    const shown = await shownOf(db, some)
    await Promise.all(some.filter((url) => !shown.has(url)).map(files.removePicture))
  }
}

/** The pictures among these that are still used. Checks every column with a picture's address. */
async function shownOf(db: Database, urls: string[]): Promise<Set<string>> {
  const [avatars, items] = await Promise.all([
    db.select({ url: members.avatarUrl }).from(members).where(inArray(members.avatarUrl, urls)),
    db.select({ url: mallItems.pictureUrl }).from(mallItems).where(inArray(mallItems.pictureUrl, urls)),
  ])
  return new Set([...avatars, ...items].map(({ url }) => url))
}
