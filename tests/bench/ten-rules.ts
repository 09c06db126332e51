import { demoPolicy } from '@pointbook/config/policies/demo'
import { earn } from '@pointbook/server/core/earning/earning'
import { nothingElse } from '@pointbook/server/core/earning/event'
import { thirtyRules } from './thirty-rules.ts'
import { LINES } from './works.ts'

// Those of the thirty rules that are not in the demo policy and have their own condition: tier, store, hours, channel, time as a
// member.
const more = ['rule-14', 'rule-16', 'rule-19', 'rule-22', 'rule-26']
const noCaps = { day: null, month: null, member: null, budget: null }

/** The demo policy with ten rules for a purchase. */
export const tenRules = {
  ...demoPolicy,
  name: '十条规则',
  earning: {
    ...demoPolicy.earning,
    rules: [
      ...demoPolicy.earning.rules,
      ...thirtyRules.earning.rules.filter(({ id }) => more.includes(id)).map((rule) => ({ ...rule, caps: noCaps })),
    ],
  },
}

/** Their results for the purchase of the bench. */
export const { why: tenReasons } = earn(tenRules, {
  trigger: 'purchase',
  code: '',
  lines: [...LINES],
  paid: nothingElse,
  storeId: 1,
  channel: 'store',
  payment: null,
  on: '2026-03-02',
  minute: 720,
  who: { purchases: 3, tierId: null, tags: [], birthday: null, joinedOn: '2026-01-01' },
  given: [],
})
