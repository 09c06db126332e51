import { demoPolicy } from '@pointbook/config/policies/demo'
import type { EarningRule } from '@pointbook/shared/contract/earning-rule'
import type { Policy } from '@pointbook/shared/contract/policy'
import { describe, expect, it } from 'vitest'
import { comparePolicies } from '../../server/panel/src/pages/policy/compare.ts'

const compare = (before: Policy, after: Policy) => comparePolicies(before, after, (id) => `${id} 号店`)

const everything = { categories: [], brands: [], skus: [] }

/** A policy in which every part is switched on and filled, so that whatever changes has something to show. */
const full: Policy = {
  ...structuredClone(demoPolicy),
  referral: { ...demoPolicy.referral, minimumFen: 20_00, perMonth: 5 },
  earning: {
    ...structuredClone(demoPolicy.earning),
    rules: [
      ...structuredClone<EarningRule[]>(demoPolicy.earning.rules),
      {
        id: 'spring',
        name: '春季活动',
        enabled: true,
        from: '2026-03-01',
        until: '2026-03-31',
        conditions: [
          { type: 'amount-at-least', amountFen: 50_00 },
          { type: 'amount-below', amountFen: 500_00 },
          { type: 'tier', tierIds: ['gold'] },
          { type: 'store', storeIds: [2] },
          { type: 'weekday', days: [6, 7] },
        ],
        scope: {
          only: { ...everything, categories: ['咖啡'], brands: ['山谷'] },
          except: { ...everything, skus: ['A-1'] },
        },
        gift: { type: 'fixed', points: 20 },
        group: '活动',
      },
    ],
  },
}

type Path = (string | number)[]

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, part]) =>
    leavesOf(part, [...path, Array.isArray(value) ? Number(name) : name]),
  )
}

const choices: Record<string, string> = {
  down: 'up',
  best: 'multiply',
  debt: 'clamp',
  rolling: 'lifetime',
  'first-purchase': 'registration',
  shopping: 'service',
  service: 'value-added',
  'value-added': 'shopping',
}

/** Another value of the same type, and a valid one where only a few values are. */
function other(value: unknown) {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (value === null) return '2026-01-01'
  return choices[String(value)] ?? `${value}2`
}

function changedAt(policy: Policy, path: Path): Policy {
  const copy = structuredClone(policy)
  const holder = path.slice(0, -1).reduce((part: unknown, name) => (part as Record<string, unknown>)[name], copy)
  const last = path.at(-1)!
  const fields = holder as Record<string, unknown>
  fields[last] = other(fields[last])
  return copy
}

describe('comparing two policies in words', () => {
  it('finds nothing to say when they are the same', () => {
    expect(compare(full, structuredClone(full))).toEqual([])
  })

  it('shows a changed rule by its sentence before and after', () => {
    const richer = structuredClone(full)
    richer.earning.rules[0]!.gift = { type: 'rate', points: 2, perFen: 10_00 }
    expect(compare(full, richer)).toEqual([
      {
        key: 'rule/base',
        area: '购物积分',
        what: '积分规则',
        before: '「消费积分」每消费 ¥1 得 1 分',
        after: '「消费积分」每消费 ¥10 得 2 分',
      },
    ])
  })

  it('shows a rule that is new without a before, and one that is gone without an after', () => {
    const fewer = { ...full, earning: { ...full.earning, rules: full.earning.rules.slice(1) } }
    expect(compare(fewer, full)).toMatchObject([{ key: 'rule/base', before: null }])
    expect(compare(full, fewer)).toMatchObject([{ key: 'rule/base', after: null }])
  })

  it('says of a rule switched off that it no longer counts', () => {
    const off = structuredClone(full)
    off.earning.rules[2]!.enabled = false
    expect(compare(full, off)).toMatchObject([{ key: 'rule/coffee', after: expect.stringContaining('未开启') }])
  })

  it('keeps what belongs together together, whether it was added, changed or removed', () => {
    const after = structuredClone(full)
    after.earning.rules = after.earning.rules.slice(1)
    after.earning.rounding = 'up'
    after.pending.days = 7
    const areas = compare(full, after).map(({ area }) => area)
    expect(areas).toEqual(['购物积分', '购物积分', '有效期与退货'])
  })

  it('shows every setting that changes, each by itself', () => {
    // The type of a gift or a condition cannot change without the numbers beside it.
    const settings = leavesOf(full).filter((path) => path.at(-1) !== 'type')
    const unseen = settings.filter((path) => compare(full, changedAt(full, path)).length === 0)
    expect(unseen.map((path) => path.join('.'))).toEqual([])
    expect(settings.length).toBeGreaterThan(90)
  })
})
