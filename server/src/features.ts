import { presets } from '@pointbook/config/policies/presets'
import type { FastifyInstance } from 'fastify'
import { ledgerAuditJobs, ledgerAuditRoutes } from './features/analytics/ledger-audit.ts'
import { mergeRoutes } from './features/analytics/merge-routes.ts'
import { analyticsRoutes } from './features/analytics/routes.ts'
import { announcementRoutes } from './features/announcements/routes.ts'
import { anomalyRoutes } from './features/anomalies/routes.ts'
import { backtestRoutes } from './features/backtest/routes.ts'
import { cardHandlers } from './features/cards/handlers.ts'
import { cardRoutes } from './features/cards/routes.ts'
import { caseRoutes } from './features/cases/routes.ts'
import { checkInHandlers } from './features/check-ins/merging.ts'
import { checkInRoutes } from './features/check-ins/routes.ts'
import { compensationHandlers } from './features/compensations/handlers.ts'
import { compensationRoutes } from './features/compensations/routes.ts'
import { previewRoutes } from './features/demo/preview.ts'
import { clockRoutes } from './features/demo/routes.ts'
import { pictureHandlers, pictureJobs } from './features/files/pictures.ts'
import { mallAdminRoutes } from './features/mall/admin-routes.ts'
import { mallRoutes } from './features/mall/routes.ts'
import { countWaiting } from './features/mall/store.ts'
import { memberJobs } from './features/members/jobs.ts'
import { memberRoutes } from './features/members/routes.ts'
import { logInHandlers } from './features/membership/log-in.ts'
import { membershipRoutes } from './features/membership/routes.ts'
import { mergingHandlers } from './features/merging/handlers.ts'
import { messagingHandlers } from './features/messaging/handlers.ts'
import { messagingJobs } from './features/messaging/jobs.ts'
import { pushRoutes } from './features/messaging/push.ts'
import { messagingRoutes } from './features/messaging/routes.ts'
import { apiKeyRoutes, openJobs } from './features/open/key-routes.ts'
import { openRoutes } from './features/open/routes.ts'
import { giveBirthdays } from './features/points/birthdays.ts'
import { expirePoints } from './features/points/jobs.ts'
import { profileRoutes } from './features/points/profile-routes.ts'
import { pointsRoutes } from './features/points/routes.ts'
import { statementRoutes } from './features/points/statement-routes.ts'
import { welcomeHandlers } from './features/points/welcome.ts'
import { presetRoutes } from './features/policy/presets.ts'
import { policyRoutes } from './features/policy/routes.ts'
import { purchaseAdminRoutes } from './features/purchases/admin-routes.ts'
import { purchaseRoutes } from './features/purchases/routes.ts'
import { spendingRoutes } from './features/purchases/spending-routes.ts'
import { referralAdminRoutes } from './features/referrals/admin-routes.ts'
import { referralHandlers } from './features/referrals/handlers.ts'
import { referralRoutes } from './features/referrals/routes.ts'
import { shopRoutes } from './features/shop/routes.ts'
import { staffJobs, staffRoutes } from './features/staff/routes.ts'
import { storeRoutes } from './features/stores/routes.ts'
import { settleTiers } from './features/tiers/jobs.ts'
import { tierRoutes } from './features/tiers/routes.ts'
import { tillRoutes } from './features/till/routes.ts'
import { staffAdminRoutes } from './features/till/staff-routes.ts'
import type { House } from './outside.ts'
import type { Handle } from './platform/http.ts'
import type { OutboxHandler } from './platform/outbox.ts'
import type { Job } from './platform/schedule.ts'

// Every feature, in floor order: one uses only what stands above it in these lists, and hears of the others through the outbox.

export function registerRoutes(handle: Handle, house: House, app: FastifyInstance) {
  shopRoutes(handle, house)
  storeRoutes(handle, house, countWaiting)
  staffRoutes(handle, house)
  policyRoutes(handle, house)
  presetRoutes(handle, house, presets)
  announcementRoutes(handle, house)
  memberRoutes(handle, house)
  pointsRoutes(handle, house)
  profileRoutes(handle, house)
  statementRoutes(handle, house)
  tierRoutes(handle, house)
  cardRoutes(handle, house, app)
  checkInRoutes(handle, house)
  purchaseRoutes(handle, house, app)
  purchaseAdminRoutes(handle, house)
  spendingRoutes(handle, house, app)
  referralRoutes(handle, house)
  referralAdminRoutes(handle, house)
  compensationRoutes(handle, house)
  mallRoutes(handle, house)
  mallAdminRoutes(handle, house)
  backtestRoutes(handle, house, app)
  analyticsRoutes(handle, house)
  mergeRoutes(handle, house)
  ledgerAuditRoutes(handle, house)
  messagingRoutes(handle, house)
  pushRoutes(app, house)
  caseRoutes(handle, house)
  membershipRoutes(handle, house)
  tillRoutes(handle, house)
  staffAdminRoutes(handle, house)
  anomalyRoutes(handle, house)
  openRoutes(handle, house)
  apiKeyRoutes(handle, house)
  clockRoutes(handle, house, jobs(house))
  previewRoutes(app, house)
}

export const outboxHandlers = (house: House): Record<string, OutboxHandler[]> =>
  gather([
    welcomeHandlers(house),
    mergingHandlers(house),
    cardHandlers(house),
    checkInHandlers(house),
    referralHandlers(house),
    compensationHandlers(house),
    messagingHandlers(house),
    logInHandlers(house),
    pictureHandlers(house),
  ])

export const jobs = (house: House): Job[] => [
  ...staffJobs(house),
  ...memberJobs(house),
  ...ledgerAuditJobs(house),
  ...messagingJobs(house),
  ...openJobs(house),
  ...pictureJobs(house),
  { name: 'expire-points', pattern: '5 0 * * *', run: () => expirePoints(house) },
  // Every hour, so that a server that slept at midnight still congratulates.
  { name: 'give-birthdays', pattern: '15 * * * *', run: () => giveBirthdays(house) },
  { name: 'settle-tiers', pattern: '10 0 * * *', run: () => settleTiers(house) },
]

/** Several features may listen to one topic. */
function gather(all: Record<string, OutboxHandler>[]): Record<string, OutboxHandler[]> {
  const topics: Record<string, OutboxHandler[]> = {}
  for (const handlers of all)
    for (const [topic, handler] of Object.entries(handlers)) topics[topic] = [...(topics[topic] ?? []), handler]
  return topics
}
