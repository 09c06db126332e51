import type { Feature } from '../../../feature.ts'
import { approvalRuleRoutes } from './rule-routes.ts'

export const approvals = { name: 'shop/approvals', routes: [approvalRuleRoutes] } as const satisfies Feature
