import { type AdminApiKeysApi, adminApiKeys } from './admin/api-keys.ts'
import { type AdminBacktestsApi, adminBacktests } from './admin/backtest.ts'
import { type AdminCardsApi, adminCards } from './admin/cards.ts'
import { type AdminCasesApi, adminAnomalies, adminCases } from './admin/cases.ts'
import { type AdminCompensationsApi, adminCompensations } from './admin/compensations.ts'
import { type AdminLedgerApi, adminLedger } from './admin/ledger.ts'
import { type AdminMallApi, adminMall } from './admin/mall.ts'
import { type AdminMembersApi, adminMembers } from './admin/members.ts'
import { type AdminMergesApi, adminMerges } from './admin/merges.ts'
import { type AdminPolicyApi, adminPolicy } from './admin/policy.ts'
import { type AdminPurchasesApi, adminPurchases } from './admin/purchases.ts'
import { type AdminReferralsApi, adminReferrals } from './admin/referrals.ts'
import { type AdminShopApi, adminShop } from './admin/shop.ts'
import { type AdminTagsApi, adminTags } from './admin/tags.ts'
import { type AnnouncementsApi, announcements } from './announcements.ts'
import { type CardsApi, cards } from './cards.ts'
import { type ClerkApi, clerk } from './clerk.ts'
import { type MallApi, mall } from './mall.ts'
import { type MeApi, me } from './me.ts'
import { type OpenApi, open } from './open.ts'
import { type PurchasesApi, purchases } from './purchases.ts'
import { type SessionApi, session } from './session.ts'
import { type ShopApi, shop } from './shop.ts'
import { type SpendRequestsApi, spendRequests } from './spend-requests.ts'
import { type StatementApi, statement } from './statement.ts'
import { type TiersApi, tiers } from './tiers.ts'

/** Every operation, once: the route, both clients and the API reference are made from it. */
export const contract = {
  ...shop,
  ...session,
  ...me,
  ...statement,
  ...tiers,
  ...mall,
  ...clerk,
  ...spendRequests,
  ...purchases,
  ...announcements,
  ...adminMembers,
  ...adminPurchases,
  ...adminCases,
  ...adminAnomalies,
  ...adminCompensations,
  ...cards,
  ...adminTags,
  ...adminMerges,
  ...adminCards,
  ...adminPolicy,
  ...adminBacktests,
  ...adminMall,
  ...adminReferrals,
  ...adminLedger,
  ...adminShop,
  ...adminApiKeys,
  ...open,
}

export interface Api
  extends ShopApi,
    SessionApi,
    MeApi,
    StatementApi,
    TiersApi,
    MallApi,
    ClerkApi,
    SpendRequestsApi,
    PurchasesApi,
    AnnouncementsApi,
    AdminMembersApi,
    AdminCasesApi,
    AdminCompensationsApi,
    CardsApi,
    AdminPurchasesApi,
    AdminTagsApi,
    AdminMergesApi,
    AdminCardsApi,
    AdminPolicyApi,
    AdminBacktestsApi,
    AdminMallApi,
    AdminReferralsApi,
    AdminLedgerApi,
    AdminShopApi,
    AdminApiKeysApi,
    OpenApi {}

export type Operation = keyof Api
