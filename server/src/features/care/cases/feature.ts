import type { Feature } from '../../../feature.ts'
import { casePersonal } from './personal.ts'
import { caseRoutes } from './routes.ts'

export const cases = { name: 'care/cases', routes: [caseRoutes], personal: casePersonal } as const satisfies Feature
