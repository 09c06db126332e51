import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { readLiability } from './liability.ts'

export function liabilityRoutes(handle: Handle, server: Server) {
  handle('GET /admin/liability', ({ input: { on } }) => readLiability(server, on))
}
