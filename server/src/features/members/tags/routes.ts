import type { House } from '../../../outside.ts'
import type { Handle } from '../../../platform/http.ts'
import { changeTags, readTags, requireTags } from './store.ts'

export function tagRoutes(handle: Handle, house: House) {
  handle('GET /admin/tags', () => readTags(house.db))

  handle('PUT /admin/members/:memberId/tags', async ({ input: { memberId, tags, revision }, caller: { login } }) => {
    requireTags(tags)
    await changeTags(house, { memberId, tags, revision, actor: `admin/${login}` })
    return { tags }
  })
}
