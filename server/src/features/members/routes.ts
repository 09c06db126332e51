import type { Instant } from '@pointbook/shared/day'
import { endOfCode, endOfShowing } from '../../core/member-code.ts'
import type { House } from '../../outside.ts'
import type { Handle } from '../../platform/http.ts'
import { closeSession, renewSession } from '../../platform/session/member-session.ts'
import { unusedCode } from './codes.ts'
import { changeTags, readTags, requireTags } from './tags.ts'

export function memberRoutes(handle: Handle, house: House) {
  const { db, env, clock } = house

  handle(
    'POST /session/refresh',
    async ({ input: { refreshToken }, request: { server } }) =>
      renewSession(server, db, env.secrets.jwtSecret, refreshToken),
    { perMinute: 120 },
  )

  handle('DELETE /session', async ({ caller: { familyId } }) => {
    await closeSession(db, familyId)
    return { done: true }
  })

  handle('GET /me/code', async ({ caller: { memberId } }) => {
    const now = clock.now()
    const { serial, code } = await unusedCode(db, env.secrets.codeSecret, memberId, now)
    const expiresAt = endOfCode(serial)
    const secondsUntil = (at: Instant) => Math.max(1, Math.ceil((Date.parse(at) - Date.parse(now)) / 1_000))
    return {
      code,
      expiresAt,
      refreshAfterSeconds: secondsUntil(endOfShowing(serial)),
      expiresAfterSeconds: secondsUntil(expiresAt),
    }
  })

  handle('GET /admin/tags', () => readTags(db))

  handle('PUT /admin/members/:memberId/tags', async ({ input: { memberId, tags, revision }, caller: { login } }) => {
    requireTags(tags)
    await changeTags(house, { memberId, tags, revision, actor: `admin/${login}` })
    return { tags }
  })
}
