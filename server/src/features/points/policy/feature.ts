import type { Feature } from '../../../feature.ts'
import { policyApproval } from './approval.ts'
import { presetRoutes } from './presets.ts'
import { policyRoutes } from './routes.ts'

export const policy = (presets: Parameters<typeof presetRoutes>[2]) =>
  ({
    name: 'points/policy',
    routes: [policyRoutes, (handle, server) => presetRoutes(handle, server, presets)],
    approval: policyApproval,
  }) as const satisfies Feature
