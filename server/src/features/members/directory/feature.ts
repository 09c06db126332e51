import type { Feature } from '../../../feature.ts'
import { memberAudit } from './audit.ts'
import { directoryHandlers } from './handlers.ts'
import { directoryPersonal } from './personal.ts'

export const directory = {
  name: 'members/directory',
  handlers: directoryHandlers,
  audit: [memberAudit],
  personal: directoryPersonal,
} as const satisfies Feature
