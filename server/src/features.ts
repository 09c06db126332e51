import { presets } from '@pointbook/config/policies/presets'
import type { FastifyInstance } from 'fastify'
import type { AuditPart } from './book/audit-part.ts'
import type { Events } from './book/events.ts'
import { anomalyRoutes } from './features/care/anomalies/routes.ts'
import { casePersonal } from './features/care/cases/personal.ts'
import { caseRoutes } from './features/care/cases/routes.ts'
import { compensationHandlers } from './features/care/compensations/handlers.ts'
import { compensationPersonal } from './features/care/compensations/personal.ts'
import { compensationRoutes } from './features/care/compensations/routes.ts'
import { messageHandlers } from './features/care/messages/handlers.ts'
import { messageJobs } from './features/care/messages/jobs.ts'
import { messagePersonal } from './features/care/messages/personal.ts'
import { pushRoutes } from './features/care/messages/push.ts'
import { messageRecord } from './features/care/messages/record.ts'
import { messageRoutes } from './features/care/messages/routes.ts'
import { apiKeyRoutes, openJobs } from './features/connections/open-api/key-routes.ts'
import { openRoutes } from './features/connections/open-api/routes.ts'
import { checkInHandlers } from './features/earning/check-ins/handlers.ts'
import { checkInPersonal } from './features/earning/check-ins/personal.ts'
import { checkInRecord } from './features/earning/check-ins/record.ts'
import { checkInRoutes } from './features/earning/check-ins/routes.ts'
import { registrationAndProfileHandlers } from './features/earning/events/handlers.ts'
import { eventJobs } from './features/earning/events/jobs.ts'
import { eventRoutes } from './features/earning/events/routes.ts'
import { purchaseAdminRoutes } from './features/earning/purchases/admin-routes.ts'
import { purchaseApproval } from './features/earning/purchases/approval.ts'
import { purchaseAudit } from './features/earning/purchases/audit.ts'
import { purchasePersonal } from './features/earning/purchases/personal.ts'
import { purchaseRoutes } from './features/earning/purchases/routes.ts'
import { spendingRoutes } from './features/earning/purchases/spending-routes.ts'
import { referralAdminRoutes } from './features/earning/referrals/admin-routes.ts'
import { referralHandlers } from './features/earning/referrals/handlers.ts'
import { referralPersonal } from './features/earning/referrals/personal.ts'
import { referralRecord } from './features/earning/referrals/record.ts'
import { referralRoutes } from './features/earning/referrals/routes.ts'
import { tillRoutes } from './features/earning/till/routes.ts'
import { dashboardRoutes } from './features/insight/dashboard/routes.ts'
import { cardHandlers } from './features/members/cards/handlers.ts'
import { cardPersonal } from './features/members/cards/personal.ts'
import { cardRoutes } from './features/members/cards/routes.ts'
import { codeJobs } from './features/members/codes/jobs.ts'
import { codePersonal } from './features/members/codes/personal.ts'
import { codeRoutes } from './features/members/codes/routes.ts'
import { consentAudit } from './features/members/consents/audit.ts'
import { consentHandlers } from './features/members/consents/handlers.ts'
import { consentPersonal } from './features/members/consents/personal.ts'
import { consentRoutes } from './features/members/consents/routes.ts'
import { countAgreed } from './features/members/consents/store.ts'
import { memberAudit } from './features/members/directory/audit.ts'
import { directoryHandlers } from './features/members/directory/handlers.ts'
import { directoryPersonal } from './features/members/directory/personal.ts'
import type { PersonalPart } from './features/members/directory/personal-part.ts'
import type { AnyRecordPart, MemberRecord } from './features/members/directory/record-part.ts'
import { guardianHandlers } from './features/members/guardians/handlers.ts'
import { guardianJobs } from './features/members/guardians/jobs.ts'
import { guardianPersonal } from './features/members/guardians/personal.ts'
import { asNamed } from './features/members/identities/as-named.ts'
import { mergeAudit } from './features/members/identities/audit.ts'
import { mergePersonal } from './features/members/identities/personal.ts'
import { mergeRecord } from './features/members/identities/record.ts'
import { mergeRoutes } from './features/members/merging/routes.ts'
import { leavingAudit } from './features/members/privacy/audit.ts'
import { privacyJobs } from './features/members/privacy/jobs.ts'
import { leavingOn } from './features/members/privacy/leaving.ts'
import { leavingRoutes } from './features/members/privacy/leaving-routes.ts'
import { leavingPersonal } from './features/members/privacy/personal.ts'
import { privacyRoutes } from './features/members/privacy/routes.ts'
import { profileRoutes } from './features/members/profile/routes.ts'
import { rebindingJobs } from './features/members/rebinding/jobs.ts'
import { rebindingPersonal } from './features/members/rebinding/personal.ts'
import { rebindingRecord } from './features/members/rebinding/record.ts'
import { rebindingRoutes } from './features/members/rebinding/routes.ts'
import type { OwnField } from './features/members/record/record.ts'
import { recordRoutes } from './features/members/record/routes.ts'
import { guardianRoutes } from './features/members/sign-in/guardian-routes.ts'
import { signInHandlers } from './features/members/sign-in/handlers.ts'
import { signInJobs } from './features/members/sign-in/jobs.ts'
import { signInPersonal } from './features/members/sign-in/personal.ts'
import { signInRoutes } from './features/members/sign-in/routes.ts'
import { tagHandlers } from './features/members/tags/handlers.ts'
import { tagPersonal } from './features/members/tags/personal.ts'
import { tagRoutes } from './features/members/tags/routes.ts'
import { auditJobs } from './features/points/audit/jobs.ts'
import { auditRoutes } from './features/points/audit/routes.ts'
import { backTestRoutes } from './features/points/back-test/routes.ts'
import { ledgerAdminRoutes } from './features/points/ledger/admin-routes.ts'
import { adjustmentApproval } from './features/points/ledger/approval.ts'
import { ledgerJobs } from './features/points/ledger/jobs.ts'
import { ledgerPersonal } from './features/points/ledger/personal.ts'
import { ledgerRecord } from './features/points/ledger/record.ts'
import { ledgerRoutes } from './features/points/ledger/routes.ts'
import { liabilityRoutes } from './features/points/liability/routes.ts'
import { policyApproval } from './features/points/policy/approval.ts'
import { presetRoutes } from './features/points/policy/presets.ts'
import { policyRoutes } from './features/points/policy/routes.ts'
import { statementRoutes } from './features/points/statements/routes.ts'
import { tierJobs } from './features/points/tiers/jobs.ts'
import { tierPersonal } from './features/points/tiers/personal.ts'
import { tierRoutes } from './features/points/tiers/routes.ts'
import { manageAccountRoutes } from './features/shop/accounts/manage-routes.ts'
import { ownAccountRoutes } from './features/shop/accounts/own-routes.ts'
import { roleRoutes } from './features/shop/accounts/role-routes.ts'
import { accountJobs, accountRoutes } from './features/shop/accounts/routes.ts'
import { agreementRoutes } from './features/shop/agreement/routes.ts'
import { announcementRoutes } from './features/shop/announcements/routes.ts'
import type { AnyApprovalKind } from './features/shop/approvals/kind.ts'
import { approvalRuleRoutes } from './features/shop/approvals/rule-routes.ts'
import { auditLogJobs } from './features/shop/audit-log/jobs.ts'
import { auditLogPersonal } from './features/shop/audit-log/personal.ts'
import { auditLogRecord } from './features/shop/audit-log/record.ts'
import { auditLogRoutes } from './features/shop/audit-log/routes.ts'
import { backupJobs } from './features/shop/backups/jobs.ts'
import { backupRoutes } from './features/shop/backups/routes.ts'
import { dataKeyJobs } from './features/shop/data-keys/jobs.ts'
import { approvalAudit } from './features/shop/decisions/audit.ts'
import { clerkDecisionRoutes } from './features/shop/decisions/clerk-routes.ts'
import { decisionHandlers } from './features/shop/decisions/handlers.ts'
import { decisionJobs } from './features/shop/decisions/jobs.ts'
import { approvalPersonal } from './features/shop/decisions/personal.ts'
import { decisionRoutes } from './features/shop/decisions/routes.ts'
import { previewRoutes } from './features/shop/demo/preview.ts'
import { clockRoutes } from './features/shop/demo/routes.ts'
import { pictureHandlers, pictureJobs } from './features/shop/files/pictures.ts'
import { settingsRoutes } from './features/shop/settings/routes.ts'
import { staffHandlers } from './features/shop/staff/handlers.ts'
import { staffPersonal } from './features/shop/staff/personal.ts'
import { staffRoutes } from './features/shop/staff/routes.ts'
import { storeManagerRoutes } from './features/shop/store-managers/routes.ts'
import { storeRoutes } from './features/shop/stores/routes.ts'
import { mallAdminRoutes } from './features/spending/mall/admin-routes.ts'
import { orderAudit, stockAudit } from './features/spending/mall/audit.ts'
import { orderPersonal } from './features/spending/mall/personal.ts'
import { mallRoutes } from './features/spending/mall/routes.ts'
import { countWaiting } from './features/spending/mall/store.ts'
import type { Handle } from './platform/http.ts'
import type { OutboxHandler } from './platform/outbox.ts'
import type { Job } from './platform/schedule.ts'
import type { Handlers, Server } from './server.ts'

type Routes = (handle: Handle, server: Server, http: FastifyInstance) => void

interface Feature {
  /** Its folder: `area/feature`. */
  name: string
  routes?: readonly Routes[]
  handlers?(server: Server): Handlers
  jobs?(server: Server): Job[]
  /** What the audit of the books judges of the feature's own rows. */
  audit?: readonly AuditPart[]
  /** What the feature adds to the merchant's record of a member. */
  record?: AnyRecordPart
  /** The operation of the feature that may need a second person. */
  approval?: AnyApprovalKind
  /** What the feature has of a member's own data, and what leaving does with it. */
  personal?: PersonalPart
}

/** Every feature in order of use: each may import those before it, and gets events of those after it through the outbox. */
const inOrder = [
  { name: 'shop/stores', routes: [(handle, server) => storeRoutes(handle, server, countWaiting)] },
  { name: 'shop/settings', routes: [settingsRoutes] },
  { name: 'shop/agreement', routes: [(handle, server) => agreementRoutes(handle, server, countAgreed)] },
  { name: 'shop/announcements', routes: [announcementRoutes] },
  {
    name: 'shop/accounts',
    routes: [accountRoutes, ownAccountRoutes, manageAccountRoutes, roleRoutes],
    jobs: accountJobs,
  },
  { name: 'shop/approvals', routes: [approvalRuleRoutes] },
  {
    name: 'points/policy',
    routes: [policyRoutes, (handle, server) => presetRoutes(handle, server, presets)],
    approval: policyApproval,
  },
  { name: 'members/directory', handlers: directoryHandlers, audit: [memberAudit], personal: directoryPersonal },
  {
    name: 'members/guardians',
    handlers: guardianHandlers,
    jobs: guardianJobs,
    personal: guardianPersonal,
  },
  {
    name: 'members/consents',
    routes: [consentRoutes],
    handlers: consentHandlers,
    audit: [consentAudit],
    personal: consentPersonal,
  },
  { name: 'members/tags', routes: [tagRoutes], handlers: tagHandlers, personal: tagPersonal },
  { name: 'members/codes', routes: [codeRoutes], jobs: codeJobs, personal: codePersonal },
  { name: 'shop/staff', routes: [staffRoutes], handlers: staffHandlers, personal: staffPersonal },
  {
    name: 'points/ledger',
    routes: [ledgerRoutes, ledgerAdminRoutes],
    jobs: ledgerJobs,
    record: ledgerRecord,
    personal: ledgerPersonal,
    approval: adjustmentApproval,
  },
  { name: 'members/identities', audit: [mergeAudit], record: mergeRecord, personal: mergePersonal },
  { name: 'points/tiers', routes: [tierRoutes], jobs: tierJobs, personal: tierPersonal },
  { name: 'points/statements', routes: [statementRoutes] },
  { name: 'points/liability', routes: [liabilityRoutes] },
  { name: 'members/cards', routes: [cardRoutes], handlers: cardHandlers, personal: cardPersonal },
  { name: 'earning/events', routes: [eventRoutes], handlers: registrationAndProfileHandlers, jobs: eventJobs },
  {
    name: 'earning/check-ins',
    routes: [checkInRoutes],
    handlers: checkInHandlers,
    record: checkInRecord,
    personal: checkInPersonal,
  },
  {
    name: 'earning/purchases',
    personal: purchasePersonal,
    approval: purchaseApproval,
    routes: [purchaseRoutes, purchaseAdminRoutes, spendingRoutes],
    audit: [purchaseAudit],
  },
  {
    name: 'earning/referrals',
    personal: referralPersonal,
    routes: [referralRoutes, referralAdminRoutes],
    handlers: referralHandlers,
    record: referralRecord,
  },
  {
    name: 'spending/mall',
    routes: [mallRoutes, mallAdminRoutes],
    audit: [orderAudit, stockAudit],
    personal: orderPersonal,
  },
  { name: 'earning/till', routes: [tillRoutes] },
  { name: 'shop/store-managers', routes: [storeManagerRoutes] },
  {
    name: 'care/compensations',
    routes: [compensationRoutes],
    handlers: compensationHandlers,
    personal: compensationPersonal,
  },
  { name: 'care/cases', routes: [caseRoutes], personal: casePersonal },
  {
    name: 'care/messages',
    personal: messagePersonal,
    record: messageRecord,
    routes: [messageRoutes, (_, server, http) => pushRoutes(http, server)],
    handlers: messageHandlers,
    jobs: messageJobs,
  },
  { name: 'care/anomalies', routes: [anomalyRoutes] },
  { name: 'connections/open-api', routes: [openRoutes, apiKeyRoutes], jobs: openJobs },
  { name: 'members/profile', routes: [profileRoutes] },
  { name: 'shop/data-keys', jobs: dataKeyJobs },
  { name: 'connections/imports' },
  { name: 'members/merging', routes: [mergeRoutes] },
  {
    name: 'members/rebinding',
    record: rebindingRecord,
    routes: [rebindingRoutes],
    jobs: rebindingJobs,
    personal: rebindingPersonal,
  },
  {
    name: 'members/sign-in',
    routes: [(handle, server) => signInRoutes(handle, server, leavingOn), guardianRoutes],
    handlers: signInHandlers,
    jobs: signInJobs,
    personal: signInPersonal,
  },
  {
    name: 'shop/decisions',
    routes: [
      (handle, server) => decisionRoutes(handle, server, approvalKinds),
      (handle, server) => clerkDecisionRoutes(handle, server, approvalKinds),
    ],
    handlers: decisionHandlers,
    jobs: decisionJobs,
    audit: [approvalAudit],
    personal: approvalPersonal,
  },
  {
    name: 'shop/audit-log',
    routes: [auditLogRoutes],
    record: auditLogRecord,
    jobs: auditLogJobs,
    personal: auditLogPersonal,
  },
  { name: 'members/record', routes: [(handle, server) => recordRoutes(handle, server, recordParts)] },
  {
    name: 'members/privacy',
    routes: [
      (handle, server) => privacyRoutes(handle, server, personalParts),
      (handle, server) => leavingRoutes(handle, server, personalParts),
    ],
    jobs: (server) => privacyJobs(server, personalParts),
    audit: [leavingAudit],
    personal: leavingPersonal,
  },
  { name: 'points/back-test', routes: [backTestRoutes] },
  {
    name: 'points/audit',
    routes: [(handle, server) => auditRoutes(handle, server, auditParts)],
    jobs: (server) => auditJobs(server, auditParts),
  },
  { name: 'insight/dashboard', routes: [dashboardRoutes] },
  { name: 'shop/files', handlers: pictureHandlers, jobs: pictureJobs },
  { name: 'shop/backups', routes: [backupRoutes], jobs: (server) => backupJobs(server, auditParts) },
  {
    name: 'shop/demo',
    routes: [
      (handle, server) => clockRoutes(handle, server, jobs(server)),
      (_, server, http) => previewRoutes(http, server),
    ],
  },
] as const satisfies readonly Feature[]

export const features: readonly Feature[] = inOrder

type TopicsOf<F> = F extends { handlers(server: Server): infer H } ? keyof H : never
type Heard = TopicsOf<(typeof inOrder)[number]>

/** Events without a handler, and handlers of no event: this does not compile while there are any. */
type Unmatched = Exclude<keyof Events, Heard> | Exclude<Heard, keyof Events>
null as unknown as Unmatched satisfies never

/** What the features judge in an audit of the books. */
export const auditParts: readonly AuditPart[] = features.flatMap(({ audit = [] }) => audit)

type FieldsOf<F> = F extends { record(...args: never[]): Promise<infer Fields> } ? keyof Fields : never

/** Fields of the member's record that no feature adds: this does not compile while there are any. */
type UnreadField = Exclude<keyof MemberRecord, OwnField | FieldsOf<(typeof inOrder)[number]>>
null as unknown as UnreadField satisfies never

/** The member's own data, in the order of use. */
export const personalParts: readonly PersonalPart[] = features.flatMap(({ personal }) => personal ?? [])

const approvalKinds: readonly AnyApprovalKind[] = features.flatMap(({ approval }) => approval ?? [])

const recordParts: readonly AnyRecordPart[] = features.flatMap(({ record }) => record ?? [])

export function registerRoutes(handle: Handle, server: Server, http: FastifyInstance) {
  const named = asNamed(handle, server.db)
  for (const { routes = [] } of features) for (const register of routes) register(named, server, http)
}

/** Several features may listen to one topic; they are told in order. */
export function outboxHandlers(server: Server): Record<string, OutboxHandler[]> {
  const topics: Record<string, OutboxHandler[]> = {}
  for (const { handlers } of features)
    for (const [topic, handler] of Object.entries(handlers?.(server) ?? {}))
      topics[topic] = [...(topics[topic] ?? []), handler]
  return topics
}

export const jobs = (server: Server): Job[] => features.flatMap((feature) => feature.jobs?.(server) ?? [])
