import type { Instant } from '@pointbook/shared/day'
import { endOfCode, endOfShowing } from '../../../core/members/member-code.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { unusedCode } from './codes.ts'

export function codeRoutes(handle: Handle, { db, env, clock }: Server) {
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
}
