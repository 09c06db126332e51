import type { Feature } from '../../../feature.ts'
import { mergeRoutes } from './routes.ts'

export const merging = { name: 'members/merging', routes: [mergeRoutes] } as const satisfies Feature
