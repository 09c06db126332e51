import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { readDashboard } from './dashboard.ts'

export function dashboardRoutes(handle: Handle, server: Server) {
  handle('GET /admin/dashboard', () => readDashboard(server))
}
