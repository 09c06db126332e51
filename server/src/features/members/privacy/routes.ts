import { adminRef, memberRef } from '@pointbook/shared/references'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import type { PersonalPart } from '../directory/personal-part.ts'
import { exportMember } from './export.ts'
import { readOverview } from './personal-data.ts'

// An export reads everything of a member, so nobody needs many of them.
const EXPORTS_A_MINUTE = 20

export function privacyRoutes(handle: Handle, server: Server, parts: readonly PersonalPart[]) {
  handle('GET /me/personal-data', ({ caller: { memberId } }) => readOverview(server, memberId, parts), {
    perMinute: 30,
  })

  handle(
    'GET /me/export',
    ({ input: { format }, caller: { memberId }, reply }) =>
      exportMember(server, parts, { memberId, format, actor: memberRef(memberId), reason: '' }, reply),
    { perMinute: EXPORTS_A_MINUTE },
  )

  handle(
    'POST /admin/members/:memberId/export',
    ({ input: { memberId, format, reason }, caller: { login }, reply }) =>
      exportMember(server, parts, { memberId, format, actor: adminRef(login), reason }, reply),
    { perMinute: 3 * EXPORTS_A_MINUTE },
  )
}
