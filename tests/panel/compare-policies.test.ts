import { demoPolicy } from '@pointbook/config/policies/demo'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { describe, expect, it } from 'vitest'
import { comparePolicies } from '../../server/panel/src/pages/points/policy/compare.ts'
import { aRule, fullPolicy } from '../support/policies.ts'

const compare = (before: Policy, after: Policy) => comparePolicies(before, after, (id) => `${id} 号店`)

const everything = { categories: [], brands: [], skus: [] }

const spring = aRule({
  id: 'spring',
  name: '春季活动',
  from: '2026-03-01',
  until: '2026-03-31',
  conditions: [
    { type: 'amount-at-least', amountFen: 50_00 },
    { type: 'amount-below', amountFen: 500_00 },
    { type: 'tier', tierIds: ['gold'] },
    { type: 'store', storeIds: [2] },
    { type: 'weekday', days: [5, 6] },
    { type: 'nth-purchase', n: 3, every: true },
    { type: 'tag', tags: ['熟客'] },
    {
      type: 'any',
      of: [
        { type: 'month-day', days: [8, 18] },
        { type: 'birthday', within: 'week' },
      ],
    },
    {
      type: 'any',
      of: [
        {
          type: 'all',
          of: [
            { type: 'channel', channels: ['online'] },
            { type: 'payment', methods: ['wechat'] },
          ],
        },
        { type: 'hours', fromMinute: 840, untilMinute: 1_020 },
        { type: 'dates', from: '2026-03-08', until: '2026-03-09' },
      ],
    },
    { type: 'not', of: { type: 'member-for', days: 30 } },
  ],
  scope: { only: { ...everything, categories: ['咖啡'], brands: ['山谷'] }, except: { ...everything, skus: ['A-1'] } },
  gift: { type: 'fixed', points: 20 },
  caps: { day: 40, month: 100, member: 200, budget: 10_000 },
  group: 'campaigns',
})

const full: Policy = {
  ...fullPolicy(demoPolicy),
  earning: {
    ...structuredClone<Policy['earning']>(demoPolicy.earning),
    groups: [{ id: 'campaigns', name: '活动', mode: 'best' }],
    rules: [
      ...structuredClone<Policy['earning']['rules']>(demoPolicy.earning.rules),
      spring,
      aRule({ id: 'course', name: '课程', trigger: 'event', event: 'course', gift: { type: 'per-unit', points: 3 } }),
      aRule({ id: 'tenth', name: '一成', gift: { type: 'percent', percentBp: 1_000 } }),
      aRule({ id: 'steps', name: '满十', gift: { type: 'step', points: 1, perFen: 10_00 } }),
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

/** Another value of those of which only a few are valid. */
const choices: Record<string, string> = {
  down: 'up',
  best: 'multiply',
  debt: 'clamp',
  rolling: 'lifetime',
  days: 'confirmed',
  shopping: 'service',
  service: 'value-added',
  'value-added': 'shopping',
  'birthday-gift': 'custom',
  'dedicated-service': 'custom',
  priority: 'custom',
  custom: 'discount',
  purchase: 'registration',
  registration: 'profile',
  'check-in': 'review',
  share: 'activity',
  event: 'activity',
  online: 'store',
  wechat: 'cash',
  week: 'month',
  rule: 'line',
  points: 'spend',
  one: 'never',
  hold: 'refuse',
  refuse: 'allow',
  code: 'code-or-card',
}

function other(value: unknown, path: Path) {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (value === null) return 'caps'.includes(String(path.at(-2))) ? 500 : '2026-01-01'
  if (path.at(-1) === 'mode') return 'exclusive'
  if (/^\d{4}-/.test(String(value))) return String(value).replace('2026', '2027')
  return choices[String(value)] ?? `${value}2`
}

function changedAt(policy: Policy, path: Path): Policy {
  const copy = structuredClone(policy)
  const holder = path.slice(0, -1).reduce((part: unknown, name) => (part as Record<string, unknown>)[name], copy)
  const last = path.at(-1)!
  const fields = holder as Record<string, unknown>
  fields[last] = other(fields[last], path)
  return copy
}

describe('comparing two policies in words', () => {
  it('finds no differences between equal policies', () => {
    expect(compare(full, structuredClone(full))).toEqual([])
  })

  it('shows a changed rule by its sentence before and after', () => {
    const richer = structuredClone(full)
    richer.earning.rules[0]!.gift = { type: 'rate', points: 2, perFen: 10_00 }
    expect(compare(full, richer)).toEqual([
      {
        key: 'rule/base',
        area: '积分规则',
        what: '积分规则',
        before: '「消费积分」每消费 1 元得 1 分',
        after: '「消费积分」每消费 10 元得 2 分',
      },
    ])
  })

  it('shows a rule that is new without a before, and one that is gone without an after', () => {
    const fewer = { ...full, earning: { ...full.earning, rules: full.earning.rules.slice(1) } }
    expect(compare(fewer, full)).toMatchObject([{ key: 'rule/base', before: null }])
    expect(compare(full, fewer)).toMatchObject([{ key: 'rule/base', after: null }])
  })

  it('reports that a disabled rule no longer counts', () => {
    const off = structuredClone(full)
    off.earning.rules[2]!.enabled = false
    expect(compare(full, off)).toMatchObject([{ key: 'rule/coffee', after: expect.stringContaining('未开启') }])
  })

  it('groups changes that belong together, whether added, changed or removed', () => {
    const after = structuredClone(full)
    after.earning.rules = after.earning.rules.slice(1)
    after.earning.rounding = 'up'
    after.returns = 'clamp'
    const areas = compare(full, after).map(({ area }) => area)
    expect(areas).toEqual(['积分规则', '积分计算', '有效期与退货'])
  })

  it('shows every setting that changes, each by itself', () => {
    // The type of a gift or a condition cannot change without the numbers beside it.
    const settings = leavesOf(full).filter((path) => path.at(-1) !== 'type')
    const unseen = settings.filter((path) => compare(full, changedAt(full, path)).length === 0)
    expect(unseen.map((path) => path.join('.'))).toEqual([])
    expect(settings.length).toBeGreaterThan(230)
  })
})
