import type { Scope } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { nameKey } from '@pointbook/shared/text'
import type { Line } from './event.ts'

export type GoodsKind = keyof Scope['only']

export interface Unnamed {
  kind: GoodsKind
  name: string
  /** Lines that bear it. */
  lines: number
}

const fieldOf = { categories: 'category', brands: 'brand', skus: 'sku' } as const satisfies Record<
  GoodsKind,
  keyof Line
>
const kinds = ['categories', 'brands', 'skus'] as const satisfies GoodsKind[]

/** Names on receipt lines that no enabled rule names, the most frequent first. Kinds that no rule uses are left out. */
export function unnamed({ earning }: Policy, lines: readonly Line[]): Unnamed[] {
  const scopes = earning.rules.filter(({ enabled }) => enabled).flatMap(({ scope }) => [scope.only, scope.except])
  return kinds
    .flatMap((kind) => {
      const named = new Set(scopes.flatMap((scope) => scope[kind]).map(nameKey))
      return named.size > 0 ? countedNames(kind, lines, named) : []
    })
    .sort((a, b) => b.lines - a.lines)
}

function countedNames(kind: GoodsKind, lines: readonly Line[], named: ReadonlySet<string>): Unnamed[] {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const name = line[fieldOf[kind]]
    const key = name && nameKey(name)
    if (key && !named.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => ({ kind, name, lines: count }))
}
