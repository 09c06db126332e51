import type { FastifyInstance } from 'fastify'
import type { AuditPart } from './book/audit-part.ts'
import type { PersonalPart } from './features/members/directory/personal-part.ts'
import type { AnyRecordPart } from './features/members/directory/record-part.ts'
import type { AnyApprovalKind } from './features/shop/approvals/kind.ts'
import type { Handle } from './platform/http.ts'
import type { Job } from './platform/schedule.ts'
import type { Handlers, Server } from './server.ts'

/** What a feature consists of; each has its own in `feature.ts` of its folder. */
export interface Feature {
  /** Its folder: `area/feature`. */
  name: string
  routes?: readonly Routes[]
  handlers?(server: Server): Handlers
  jobs?(server: Server, all: AllFeatures): Job[]
  /** What the audit of the books judges of the feature's own rows. */
  audit?: readonly AuditPart[]
  /** What the feature adds to the merchant's record of a member. */
  record?: AnyRecordPart
  /** The operation of the feature that may need a second person. */
  approval?: AnyApprovalKind
  /** What the feature has of a member's own data, and what leaving does with it. */
  personal?: PersonalPart
}

type Routes = (handle: Handle, server: Server, http: FastifyInstance, all: AllFeatures) => void

/** What all features have, in the order of use, for those that work with every one. */
export interface AllFeatures {
  auditParts: readonly AuditPart[]
  personalParts: readonly PersonalPart[]
  recordParts: readonly AnyRecordPart[]
  approvalKinds: readonly AnyApprovalKind[]
  jobs(server: Server): Job[]
}
