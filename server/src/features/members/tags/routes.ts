import { adminRef } from '@pointbook/shared/references'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { changeTags, readTags, requireTags } from './store.ts'

export function tagRoutes(handle: Handle, server: Server) {
  handle('GET /admin/tags', () => readTags(server.db))

  handle('PUT /admin/members/:memberId/tags', async ({ input: { memberId, tags, revision }, caller: { login } }) => {
    requireTags(tags)
    await changeTags(server, { memberId, tags, revision, actor: adminRef(login) })
    return { tags }
  })
}
