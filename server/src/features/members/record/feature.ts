import type { Feature } from '../../../feature.ts'
import { recordRoutes } from './routes.ts'

export const record = {
  name: 'members/record',
  routes: [(handle, server, _http, { recordParts }) => recordRoutes(handle, server, recordParts)],
} as const satisfies Feature
