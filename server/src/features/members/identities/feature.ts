import type { Feature } from '../../../feature.ts'
import { mergeAudit } from './audit.ts'
import { mergePersonal } from './personal.ts'
import { mergeRecord } from './record.ts'

export const identities = {
  name: 'members/identities',
  audit: [mergeAudit],
  record: mergeRecord,
  personal: mergePersonal,
} as const satisfies Feature
