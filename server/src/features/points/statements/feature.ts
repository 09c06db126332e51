import type { Feature } from '../../../feature.ts'
import { statementRoutes } from './routes.ts'

export const statements = { name: 'points/statements', routes: [statementRoutes] } as const satisfies Feature
