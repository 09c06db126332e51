import type { House } from '../../../outside.ts'
import type { Handle } from '../../../platform/http.ts'
import { readDashboard } from './dashboard.ts'

export function dashboardRoutes(handle: Handle, house: House) {
  handle('GET /admin/dashboard', () => readDashboard(house))
}
