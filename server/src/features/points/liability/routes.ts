import type { House } from '../../../outside.ts'
import type { Handle } from '../../../platform/http.ts'
import { readLiability } from './liability.ts'

export function liabilityRoutes(handle: Handle, house: House) {
  handle('GET /admin/liability', ({ input: { on } }) => readLiability(house, on))
}
