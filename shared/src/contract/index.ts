import { type AnomaliesApi, anomalies } from './care/anomalies.ts'
import { type CasesApi, cases } from './care/cases.ts'
import { type CompensationsApi, compensations } from './care/compensations.ts'
import { type MessagesApi, messages } from './care/messages.ts'
import { type ApiKeysApi, apiKeys } from './connections/api-keys.ts'
import { type OpenApiApi, openApi } from './connections/open-api.ts'
import { type CheckInsApi, checkIns } from './earning/check-ins.ts'
import { type EventsApi, events } from './earning/events.ts'
import { type PurchasesApi, purchases } from './earning/purchases.ts'
import { type ReferralsApi, referrals } from './earning/referrals.ts'
import { type SpendRequestsApi, spendRequests } from './earning/spend-requests.ts'
import { type TillApi, till } from './earning/till.ts'
import { type DashboardApi, dashboard } from './insight/dashboard.ts'
import { type CardsApi, cards } from './members/cards.ts'
import { type CodesApi, codes } from './members/codes.ts'
import { type ConsentsApi, consents } from './members/consents.ts'
import { type GuardiansApi, guardians } from './members/guardians.ts'
import { type MergingApi, merging } from './members/merging.ts'
import { type PrivacyApi, privacy } from './members/privacy.ts'
import { type ProfileApi, profile } from './members/profile.ts'
import { type RebindingApi, rebinding } from './members/rebinding.ts'
import { type MemberRecordApi, memberRecord } from './members/record.ts'
import { type SignInApi, signIn } from './members/sign-in.ts'
import { type TagsApi, tags } from './members/tags.ts'
import { type LedgerAuditApi, ledgerAudit } from './points/audit.ts'
import { type BackTestsApi, backTests } from './points/back-test.ts'
import { type LedgerApi, ledger } from './points/ledger.ts'
import { type LiabilityApi, liability } from './points/liability.ts'
import { type PolicyOperationsApi, policyOperations } from './points/policy-operations.ts'
import { type StatementsApi, statements } from './points/statements.ts'
import { type TiersApi, tiers } from './points/tiers.ts'
import { type AccountsApi, accounts } from './shop/accounts.ts'
import { type AgreementApi, agreement } from './shop/agreement.ts'
import { type AnnouncementsApi, announcements } from './shop/announcements.ts'
import { type ApprovalsApi, approvals } from './shop/approvals.ts'
import { type AuditLogApi, auditLog } from './shop/audit-log.ts'
import { type BackupsApi, backups } from './shop/backups.ts'
import { type DemoApi, demo } from './shop/demo.ts'
import { type NoticesApi, notices } from './shop/notices.ts'
import { type SettingsApi, settings } from './shop/settings.ts'
import { type StaffApi, staff } from './shop/staff.ts'
import { type StoreManagersApi, storeManagers } from './shop/store-managers.ts'
import { type StoresApi, stores } from './shop/stores.ts'
import { type CouponsApi, coupons } from './spending/coupons.ts'
import { type MallApi, mall } from './spending/mall.ts'
import { type MallAdminApi, mallAdmin } from './spending/mall-admin.ts'

/** Every operation, once: the route, both clients and the API reference are made from it. */
export const contract = {
  ...settings,
  ...agreement,
  ...stores,
  ...staff,
  ...accounts,
  ...notices,
  ...approvals,
  ...auditLog,
  ...demo,
  ...announcements,
  ...backups,
  ...signIn,
  ...profile,
  ...codes,
  ...cards,
  ...tags,
  ...merging,
  ...memberRecord,
  ...rebinding,
  ...privacy,
  ...consents,
  ...guardians,
  ...ledger,
  ...statements,
  ...liability,
  ...ledgerAudit,
  ...backTests,
  ...tiers,
  ...policyOperations,
  ...events,
  ...checkIns,
  ...referrals,
  ...purchases,
  ...spendRequests,
  ...till,
  ...storeManagers,
  ...coupons,
  ...mall,
  ...mallAdmin,
  ...messages,
  ...cases,
  ...anomalies,
  ...compensations,
  ...dashboard,
  ...openApi,
  ...apiKeys,
}

export interface Api
  extends SettingsApi,
    AgreementApi,
    StoresApi,
    StaffApi,
    AccountsApi,
    NoticesApi,
    ApprovalsApi,
    AuditLogApi,
    DemoApi,
    AnnouncementsApi,
    BackupsApi,
    SignInApi,
    ProfileApi,
    CodesApi,
    CardsApi,
    TagsApi,
    MergingApi,
    MemberRecordApi,
    RebindingApi,
    PrivacyApi,
    ConsentsApi,
    GuardiansApi,
    LedgerApi,
    StatementsApi,
    LiabilityApi,
    LedgerAuditApi,
    BackTestsApi,
    TiersApi,
    PolicyOperationsApi,
    EventsApi,
    CheckInsApi,
    ReferralsApi,
    PurchasesApi,
    SpendRequestsApi,
    TillApi,
    StoreManagersApi,
    CouponsApi,
    MallApi,
    MallAdminApi,
    MessagesApi,
    CasesApi,
    AnomaliesApi,
    CompensationsApi,
    DashboardApi,
    OpenApiApi,
    ApiKeysApi {}

export type Operation = keyof Api

/** Operations of only one of `contract` and `Api`: this does not compile while there are any. */
type Unmatched = Exclude<keyof typeof contract, Operation> | Exclude<Operation, keyof typeof contract>
null as unknown as Unmatched satisfies never
