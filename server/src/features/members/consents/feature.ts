import type { Feature } from '../../../feature.ts'
import { consentAudit } from './audit.ts'
import { consentHandlers } from './handlers.ts'
import { consentPersonal } from './personal.ts'
import { consentRoutes } from './routes.ts'

export const consents = {
  name: 'members/consents',
  routes: [consentRoutes],
  handlers: consentHandlers,
  audit: [consentAudit],
  personal: consentPersonal,
} as const satisfies Feature
