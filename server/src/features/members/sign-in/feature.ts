import type { Feature } from '../../../feature.ts'
import { guardianRoutes } from './guardian-routes.ts'
import { signInHandlers } from './handlers.ts'
import { signInJobs } from './jobs.ts'
import { signInPersonal } from './personal.ts'
import { signInRoutes } from './routes.ts'

export const signIn = (leavingOn: Parameters<typeof signInRoutes>[2]) =>
  ({
    name: 'members/sign-in',
    routes: [(handle, server) => signInRoutes(handle, server, leavingOn), guardianRoutes],
    handlers: signInHandlers,
    jobs: signInJobs,
    personal: signInPersonal,
  }) as const satisfies Feature
