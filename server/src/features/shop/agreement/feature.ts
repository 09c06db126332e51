import type { Feature } from '../../../feature.ts'
import { agreementRoutes } from './routes.ts'

export const agreement = (countAgreed: Parameters<typeof agreementRoutes>[2]) =>
  ({
    name: 'shop/agreement',
    routes: [(handle, server) => agreementRoutes(handle, server, countAgreed)],
  }) as const satisfies Feature
