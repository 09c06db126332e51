import Type from 'typebox'
import { Instant } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact } from '../http.ts'

export const demo = {
  'GET /admin/clock': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'The clock; in a demo it can travel',
    reply: Exact({ now: Instant, aheadDays: Type.Integer(), demo: Type.Boolean() }),
  },
  'POST /admin/clock': {
    for: 'admin',
    permission: 'settings.edit',
    summary: 'Travel in time and run the jobs of each day passed; demo only',
    body: Exact({ days: Type.Integer({ minimum: 1, maximum: 400 }) }),
    refusals: ['clock.fixed'],
    reply: Exact({
      now: Instant,
      aheadDays: Type.Integer(),
      expiredPoints: Type.Integer(),
      remindersSent: Type.Integer(),
      /** Members who got something for their birthday. */
      birthdays: Type.Integer(),
      tiersChanged: Type.Integer(),
    }),
  },
} satisfies Endpoints

export type DemoApi = ApiOf<typeof demo>
