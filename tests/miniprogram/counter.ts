import { afterAll, beforeAll, beforeEach } from 'vitest'
import { aRule, earningBy, welcome } from '../support/policies.ts'
import { aShop, codeOf } from './shop.ts'

export let shop: Awaited<ReturnType<typeof aShop>>
export let clerk: Awaited<ReturnType<typeof shop.aClerk>>
export let member: Awaited<ReturnType<typeof shop.aCustomer>>

const onlyCoffee = { categories: ['咖啡'], brands: [], skus: [] }
const nothing = { categories: [], brands: [], skus: [] }
const rules = [
  aRule({ gift: { type: 'rate', points: 1, perFen: 100 } }),
  aRule({
    id: 'coffee',
    name: '咖啡加倍积分',
    gift: { type: 'per-unit', points: 5 },
    scope: { only: onlyCoffee, except: nothing },
  }),
]

/** A shop whose points can pay a part of a purchase; each test has a clerk and a member of its own there. */
export function atTheCounter() {
  beforeAll(async () => {
    const offset = { pointsPerYuan: 10, minimumPoints: 10, stepPoints: 10, maximumShareBp: 5_000 }
    shop = await aShop({ policy: { earning: earningBy([...rules, welcome]), offset } })
  })
  afterAll(() => shop.close())

  beforeEach(async () => {
    clerk = await shop.aClerk()
    member = await shop.aCustomer('小美')
  })
}

export async function scan(code?: string) {
  clerk.phone.around.camera = code ?? (await codeOf(member.call))
  await clerk.phone.tap('扫码')
}

export async function scanAndFill(receiptNo: string, amount: string) {
  await scan()
  await clerk.phone.type('0.00', amount)
  await clerk.phone.type('小票', receiptNo)
}
