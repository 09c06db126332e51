import { earn } from '@pointbook/server/core/earning/earning'
import { unnamed } from '@pointbook/server/core/earning/unnamed'
import { describe, expect, it } from 'vitest'
import { aPurchase, withFirstLine, withRules } from '../../support/earning.ts'
import { aRule } from '../../support/policies.ts'

const none = { categories: [], brands: [], skus: [] }
const only = (names: Partial<Record<'categories' | 'brands' | 'skus', string[]>>) => ({
  only: { ...none, ...names },
  except: none,
})
const fixed = { gift: { type: 'fixed', points: 10 } } as const

describe('a name on a receipt', () => {
  it.each([
    ['咖啡', '咖啡 '],
    ['咖啡', '咖啡\u3000'],
    ['咖啡', '\u200b咖啡'],
    ['COFFEE', 'ＣＯＦＦＥＥ'],
    ['café', 'cafe\u0301'],
    ['拿铁（大）', '拿铁(大)'],
    ['咖啡 ', '咖啡'],
  ])('%j of a rule is %j of the till (FI6)', (named, sold) => {
    const rule = aRule({ ...fixed, scope: only({ categories: [named] }) })
    expect(earn(withRules(rule), withFirstLine(aPurchase([1_000]), { category: sold })).points).toBe(10)
    const brand = aRule({ ...fixed, scope: only({ brands: [named] }) })
    expect(earn(withRules(brand), withFirstLine(aPurchase([1_000]), { brand: sold })).points).toBe(10)
    const other = aRule({ ...fixed, scope: { only: none, except: { ...none, skus: [named] } } })
    expect(earn(withRules(other), withFirstLine(aPurchase([1_000]), { sku: sold })).points).toBe(0)
  })

  it('differs from a rule’s by capital and small letters, as the editor says (FI6)', () => {
    const rule = aRule({ ...fixed, scope: only({ categories: ['COFFEE'] }) })
    expect(earn(withRules(rule), withFirstLine(aPurchase([1_000]), { category: 'coffee' })).points).toBe(0)
  })

  it('that no enabled rule names is listed, the most frequent first, for kinds that rules use (FI6)', () => {
    const policy = withRules(
      aRule({ ...fixed, scope: only({ categories: ['咖啡'] }) }),
      aRule({ id: 'off', ...fixed, enabled: false, scope: only({ categories: ['奶茶'], brands: ['云朵'] }) }),
    )
    const line = (category: string, brand?: string) => ({ name: '商品', quantity: 1, amountFen: 100, category, brand })
    const lines = [line('咖啡　'), line('coffee'), line('奶茶', '别家'), line('奶茶 '), line('')]
    expect(unnamed(policy, lines)).toEqual([
      { kind: 'categories', name: '奶茶', lines: 2 },
      { kind: 'categories', name: 'coffee', lines: 1 },
    ])
    expect(unnamed(withRules(aRule(fixed)), lines)).toEqual([])
  })
})
