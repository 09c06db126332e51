import { presets } from '@pointbook/config/policies/presets'
import type { FastifyInstance } from 'fastify'
import type { AuditPart } from './book/audit-part.ts'
import type { Events } from './book/events.ts'
import type { AllFeatures, Feature } from './feature.ts'
import { anomalies } from './features/care/anomalies/feature.ts'
import { cases } from './features/care/cases/feature.ts'
import { compensations } from './features/care/compensations/feature.ts'
import { messages } from './features/care/messages/feature.ts'
import { imports } from './features/connections/imports/feature.ts'
import { openApi } from './features/connections/open-api/feature.ts'
import { checkIns } from './features/earning/check-ins/feature.ts'
import { events } from './features/earning/events/feature.ts'
import { purchases } from './features/earning/purchases/feature.ts'
import { referrals } from './features/earning/referrals/feature.ts'
import { till } from './features/earning/till/feature.ts'
import { dashboard } from './features/insight/dashboard/feature.ts'
import { audience } from './features/members/audience/feature.ts'
import { cards } from './features/members/cards/feature.ts'
import { codes } from './features/members/codes/feature.ts'
import { consents } from './features/members/consents/feature.ts'
import { countAgreed } from './features/members/consents/store.ts'
import { directory } from './features/members/directory/feature.ts'
import type { PersonalPart } from './features/members/directory/personal-part.ts'
import type { MemberRecord } from './features/members/directory/record-part.ts'
import { guardians } from './features/members/guardians/feature.ts'
import { asNamed } from './features/members/identities/as-named.ts'
import { identities } from './features/members/identities/feature.ts'
import { merging } from './features/members/merging/feature.ts'
import { privacy } from './features/members/privacy/feature.ts'
import { leavingOn } from './features/members/privacy/leaving.ts'
import { profile } from './features/members/profile/feature.ts'
import { rebinding } from './features/members/rebinding/feature.ts'
import { record } from './features/members/record/feature.ts'
import type { OwnField } from './features/members/record/record.ts'
import { signIn } from './features/members/sign-in/feature.ts'
import { tags } from './features/members/tags/feature.ts'
import { audit } from './features/points/audit/feature.ts'
import { backTest } from './features/points/back-test/feature.ts'
import { ledger } from './features/points/ledger/feature.ts'
import { liability } from './features/points/liability/feature.ts'
import { policy } from './features/points/policy/feature.ts'
import { statements } from './features/points/statements/feature.ts'
import { tiers } from './features/points/tiers/feature.ts'
import { accounts } from './features/shop/accounts/feature.ts'
import { agreement } from './features/shop/agreement/feature.ts'
import { announcements } from './features/shop/announcements/feature.ts'
import { approvals } from './features/shop/approvals/feature.ts'
import { auditLog } from './features/shop/audit-log/feature.ts'
import { backups } from './features/shop/backups/feature.ts'
import { dataKeys } from './features/shop/data-keys/feature.ts'
import { decisions } from './features/shop/decisions/feature.ts'
import { demo } from './features/shop/demo/feature.ts'
import { files } from './features/shop/files/feature.ts'
import { settings } from './features/shop/settings/feature.ts'
import { staff } from './features/shop/staff/feature.ts'
import { storeManagers } from './features/shop/store-managers/feature.ts'
import { stores } from './features/shop/stores/feature.ts'
import { coupons } from './features/spending/coupons/feature.ts'
import { mall } from './features/spending/mall/feature.ts'
import { countWaiting } from './features/spending/mall/store.ts'
import type { Handle } from './platform/http.ts'
import type { OutboxHandler } from './platform/outbox.ts'
import type { Job } from './platform/schedule.ts'
import type { Server } from './server.ts'

/** Every feature in order of use: each may import those before it, and gets events of those after it through the outbox. */
const inOrder = [
  stores(countWaiting),
  settings,
  agreement(countAgreed),
  announcements,
  accounts,
  approvals,
  policy(presets),
  directory,
  guardians,
  consents,
  tags,
  codes,
  staff,
  ledger,
  identities,
  tiers,
  statements,
  liability,
  audience,
  coupons,
  cards,
  events,
  checkIns,
  purchases,
  referrals,
  mall,
  till,
  storeManagers,
  compensations,
  cases,
  messages,
  anomalies,
  openApi,
  profile,
  dataKeys,
  imports,
  merging,
  rebinding,
  signIn(leavingOn),
  decisions,
  auditLog,
  record,
  privacy,
  backTest,
  audit,
  dashboard,
  files,
  backups,
  demo,
] as const satisfies readonly Feature[]

export const features: readonly Feature[] = inOrder

type TopicsOf<F> = F extends { handlers(server: Server): infer H } ? keyof H : never
type Heard = TopicsOf<(typeof inOrder)[number]>

/** Events without a handler, and handlers of no event: this does not compile while there are any. */
type Unmatched = Exclude<keyof Events, Heard> | Exclude<Heard, keyof Events>
null as unknown as Unmatched satisfies never

type FieldsOf<F> = F extends { record(...args: never[]): Promise<infer Fields> } ? keyof Fields : never

/** Fields of the member's record that no feature adds: this does not compile while there are any. */
type UnreadField = Exclude<keyof MemberRecord, OwnField | FieldsOf<(typeof inOrder)[number]>>
null as unknown as UnreadField satisfies never

/** What the features judge in an audit of the books. */
export const auditParts: readonly AuditPart[] = features.flatMap(({ audit = [] }) => audit)

/** The member's own data, in the order of use. */
export const personalParts: readonly PersonalPart[] = features.flatMap(({ personal }) => personal ?? [])

const all: AllFeatures = {
  auditParts,
  personalParts,
  recordParts: features.flatMap(({ record }) => record ?? []),
  approvalKinds: features.flatMap(({ approval }) => approval ?? []),
  jobs,
}

export function jobs(server: Server): Job[] {
  return features.flatMap((feature) => feature.jobs?.(server, all) ?? [])
}

export function registerRoutes(handle: Handle, server: Server, http: FastifyInstance) {
  const named = asNamed(handle, server.db)
  for (const { routes = [] } of features) for (const register of routes) register(named, server, http, all)
}

/** Several features may listen to one topic; they are told in order. */
export function outboxHandlers(server: Server): Record<string, OutboxHandler[]> {
  const topics: Record<string, OutboxHandler[]> = {}
  for (const { handlers } of features)
    for (const [topic, handler] of Object.entries(handlers?.(server) ?? {}))
      topics[topic] = [...(topics[topic] ?? []), handler]
  return topics
}
