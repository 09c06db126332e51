import { earn } from '@pointbook/server/core/earning'
import { type EarningEvent, nothingElse } from '@pointbook/server/core/earning-event'
import { addDays } from '@pointbook/shared/day'
import { thirtyRules } from './thirty-rules.ts'

const ROUNDS = 5
const PURCHASES_A_ROUND = 200_000

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

/** Decides purchases on one core. The seconds are the processor's: on a busy machine the clock's say nothing. */
function benchCore(): void {
  const used = new Map([['rule/rule-22', 100]])
  const before = (scope: string) => used.get(scope) ?? 0
  for (let round = 0; round <= ROUNDS; round++) {
    const begun = process.cpuUsage()
    let points = 0
    for (let done = 0; done < PURCHASES_A_ROUND; done++)
      points += earn(thirtyRules, purchases[done % purchases.length]!, before).points
    const { user, system } = process.cpuUsage(begun)
    const perSecond = (PURCHASES_A_ROUND / (user + system)) * 1_000_000
    if (round > 0) console.log(`${Math.round(perSecond).toLocaleString('en')} purchases/s, ${points} points`)
  }
}

benchCore()
