import type { Feature } from '../../../feature.ts'
import { announcementRoutes } from './routes.ts'

export const announcements = { name: 'shop/announcements', routes: [announcementRoutes] } as const satisfies Feature
