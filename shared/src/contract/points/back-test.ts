import Type, { type Static } from 'typebox'
import { Day, Id, Instant, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable, OneOf } from '../http.ts'
import { Policy } from './policy.ts'

const Whole = Type.Integer({ minimum: 0 })

/** The number of purchases, the points given, and the points under the draft with their worth by it. */
const Compared = { purchases: Whole, given: Whole, would: Whole, givenFen: Whole, wouldFen: Whole }

/** Points of any source, in the ledger and under the draft, with their worth by the draft. */
const Stand = Exact({ was: Whole, would: Whole, wasFen: Whole, wouldFen: Whole })

const ComparedMember = Exact({ memberId: Id, nickname: Type.String(), ...Compared })

export const BacktestResult = Exact({
  ...Compared,
  members: Whole,
  /** Purchases that would earn more, less and the same. */
  more: Whole,
  less: Whole,
  same: Whole,
  /** Points that ended unused within the period; results of before this was worked out have none of these three. */
  ended: Type.Optional(Stand),
  /** Points left at the end of the period. */
  left: Type.Optional(Stand),
  /** The used points that members would not have had. */
  missing: Type.Optional(Whole),
  months: Type.Array(Exact({ month: Type.String(), ...Compared })),
  /** By the tier under the draft at that time. */
  tiers: Type.Array(Exact({ name: Type.String(), ...Compared })),
  /**
   * For each rule of the draft: the points it would give, in how many purchases, and those it gave; then the rules that the draft
   * no longer has.
   */
  rules: Type.Array(Exact({ ruleId: Type.String(), name: Type.String(), ...Compared })),
  winners: Type.Array(ComparedMember, { maxItems: 20 }),
  losers: Type.Array(ComparedMember, { maxItems: 20 }),
})

export type BacktestResult = Static<typeof BacktestResult>

const BacktestId = Type.String({ pattern: '^[a-f0-9-]{36}$' })

const params = Exact({ id: BacktestId })

const BacktestView = Exact({
  id: BacktestId,
  state: OneOf('running', 'done', 'cancelled', 'failed'),
  policyName: Type.String(),
  from: Day,
  until: Day,
  /** Purchases replayed, and how many there are. Those before the period are replayed as well. */
  done: Whole,
  all: Whole,
  startedAt: Instant,
  endedAt: Nullable(Instant),
  result: Nullable(BacktestResult),
})

export type BacktestView = Static<typeof BacktestView>

export const backTests = {
  'POST /admin/backtests': {
    for: 'admin',
    permission: 'policy.edit',
    large: true,
    summary: 'Replay the purchases of a period under a policy; one at a time',
    body: Exact({ policy: Policy, from: Day, until: Day, requestId: RequestId }),
    refusals: ['policy.faulty', 'backtest.running'],
    reply: BacktestView,
  },
  'GET /admin/backtests': {
    for: 'admin',
    permission: 'policy.edit',
    summary: 'The back-test under way and the last ones, newest first',
    reply: Exact({ rows: Type.Array(BacktestView) }),
  },
  'GET /admin/backtests/:id': {
    for: 'admin',
    permission: 'policy.edit',
    polled: true,
    summary: 'How far a back-test is, and its result',
    params,
    refusals: ['backtest.unknown'],
    reply: BacktestView,
  },
  'DELETE /admin/backtests/:id': {
    for: 'admin',
    permission: 'policy.edit',
    summary: 'Cancel a back-test under way',
    params,
    refusals: ['backtest.unknown'],
    reply: BacktestView,
  },
} satisfies Endpoints

export type BackTestsApi = ApiOf<typeof backTests>
