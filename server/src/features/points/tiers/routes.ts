import { isDay } from '@pointbook/shared/day'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { endGrantedTier, grantTier } from './moves.ts'
import { readStanding, tierRecord, tierStanding } from './view.ts'

export function tierRoutes(handle: Handle, server: Server) {
  const { book } = server

  handle('GET /me/tier', async ({ caller: { memberId } }) => tierStanding(await readStanding(server, memberId)))

  handle('GET /admin/members/:memberId/tier', async ({ input: { memberId } }) =>
    tierRecord(await readStanding(server, memberId)),
  )

  handle('POST /admin/members/:memberId/tier', async ({ input, caller: { login } }) => {
    if (!isDay(input.until)) throw new Refusal('input.invalid', { fields: [{ field: 'until', text: '没有这一天' }] })
    return book.make(grantTier, { ...input, actor: adminRef(login) })
  })

  handle('POST /admin/members/:memberId/tier/end', ({ input, caller: { login } }) =>
    book.make(endGrantedTier, { ...input, actor: adminRef(login) }),
  )
}
