import type { Feature } from '../../../feature.ts'
import { profileRoutes } from './routes.ts'

export const profile = { name: 'members/profile', routes: [profileRoutes] } as const satisfies Feature
