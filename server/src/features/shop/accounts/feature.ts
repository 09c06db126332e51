import type { Feature } from '../../../feature.ts'
import { manageAccountRoutes } from './manage-routes.ts'
import { noticeRoutes } from './notices.ts'
import { ownAccountRoutes } from './own-routes.ts'
import { roleRoutes } from './role-routes.ts'
import { accountJobs, accountRoutes } from './routes.ts'

export const accounts = {
  name: 'shop/accounts',
  routes: [accountRoutes, ownAccountRoutes, noticeRoutes, manageAccountRoutes, roleRoutes],
  jobs: accountJobs,
} as const satisfies Feature
