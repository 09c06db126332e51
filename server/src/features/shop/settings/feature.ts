import type { Feature } from '../../../feature.ts'
import { settingsRoutes } from './routes.ts'

export const settings = { name: 'shop/settings', routes: [settingsRoutes] } as const satisfies Feature
