import { earn } from '@pointbook/server/core/earning/earning'
import { type EarningEvent, nothingElse } from '@pointbook/server/core/earning/event'
import { addDays } from '@pointbook/shared/day'
import { thirtyRules } from './thirty-rules.ts'

const WARM_UP_SLICES = 100
const SLICES = 1_000
const PURCHASES_A_SLICE = 1_000

const purchases = Array.from(
  { length: 1_000 },
  (_, index): EarningEvent => ({
    trigger: 'purchase',
    code: '',
    lines: ['茶', '咖啡', '点心'].map((category, line) => ({
      name: '商品',
      category,
      quantity: 1 + (index % 3),
      amountFen: 1_000 + ((index * 7_919 + line * 4_513) % 20_000),
    })),
    paid: { ...nothingElse, couponFen: index % 10 === 0 ? 500 : 0 },
    storeId: 1 + (index % 6),
    channel: index % 4 === 0 ? 'mini-program' : 'store',
    payment: 'wechat',
    on: addDays('2026-01-01', Math.floor(index / 3)),
    minute: 540 + (index % 720),
    who: {
      purchases: index % 40,
      tierId: index % 3 === 0 ? 'gold' : 'silver',
      tags: [],
      birthday: index % 2 === 0 ? `1990-${String(1 + (index % 12)).padStart(2, '0')}-15` : null,
      joinedOn: '2025-03-01',
    },
    given: [],
  }),
)

/**
 * Decides purchases on one core, in slices of some milliseconds of processor time. Where a neighbour shares the core, slices differ by
 * two: the median is what this machine gave, the best tenth what the core gives undisturbed.
 */
function benchCore(): void {
  const used = new Map([['rule/rule-22', 100]])
  const before = (scope: string) => used.get(scope) ?? 0
  const speeds: number[] = []
  for (let slice = -WARM_UP_SLICES; slice < SLICES; slice++) {
    const begun = process.cpuUsage()
    for (let done = 0; done < PURCHASES_A_SLICE; done++) earn(thirtyRules, purchases[done % purchases.length]!, before)
    const { user, system } = process.cpuUsage(begun)
    if (slice >= 0) speeds.push((PURCHASES_A_SLICE / (user + system)) * 1_000_000)
  }
  speeds.sort((a, b) => b - a)
  const at = (share: number) => Math.round(speeds[Math.floor(SLICES * share)]!).toLocaleString('en')
  console.log(`purchases/s: median ${at(0.5)}, best tenth ${at(0.1)}, worst tenth ${at(0.9)}`)
}

benchCore()
