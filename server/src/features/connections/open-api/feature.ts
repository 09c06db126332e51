import type { Feature } from '../../../feature.ts'
import { apiKeyRoutes, openJobs } from './key-routes.ts'
import { openRoutes } from './routes.ts'

export const openApi = {
  name: 'connections/open-api',
  routes: [openRoutes, apiKeyRoutes],
  jobs: openJobs,
} as const satisfies Feature
