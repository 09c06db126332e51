import { access, ticket } from './tickets.ts'

/** The data of the shop that the load needs. */
export interface Shop {
  jwtSecret: string
  firstMember: number
  members: number
  clerkId: number
  storeId: number
  itemIds: number[]
  hotItemId: number
  /** Different in every run, so that no key is repeated. */
  mark: string
}

export interface Request {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  headers?: Record<string, string>
  body?: string
}

type Requests = (shop: Shop, from: number) => () => Request | null

interface Work {
  title: string
  /** The rows one posting writes, for the database's own limit; undefined for reads. */
  limit?: 'earn' | 'check-in' | 'redeem' | 'redeem-hot'
  /** The requests to the bare server for the same rows; undefined for writes. */
  bare?: Requests
  /** Requests one after another; null when there are no more to make. `from`: how many were made before. */
  requests: Requests
}

const json = { 'content-type': 'application/json' }

export const post = (path: string, token: string, body: object): Request => ({
  method: 'POST',
  path,
  headers: { ...json, authorization: `Bearer ${token}` },
  body: JSON.stringify(body),
})

const get = (path: string, token: string): Request => ({
  method: 'GET',
  path,
  headers: { authorization: `Bearer ${token}` },
})

// A step that shares no factor with the number of members walks through all of them in a scattered order.
const scattered = ({ firstMember, members }: Shop, count: number) => firstMember + ((count * 7_919) % members)

export const LINES = [
  { name: '拿铁', category: '咖啡', quantity: 2, amountFen: 6_400 },
  { name: '可颂', category: '烘焙', quantity: 1, amountFen: 1_800 },
  { name: '咖啡豆 250 克', category: '零售', sku: 'BEANS-250', quantity: 1, amountFen: 9_800 },
] as const

// Everybody but the clerk, who may not record a purchase of their own.
const customer = ({ firstMember, members }: Shop, count: number) => firstMember + 1 + ((count * 7_919) % (members - 1))

function earning(shop: Shop, from: number) {
  const clerk = access(shop.jwtSecret, shop.clerkId)
  let count = from
  return () => {
    const memberId = customer(shop, count++)
    const visit = ticket(shop.jwtSecret, { kind: 'visit', memberId, clerkId: shop.clerkId, by: 'code' })
    const receiptNo = `${shop.mark}-${count}`
    return post('/clerk/purchases', clerk, {
      visit,
      storeId: shop.storeId,
      requestId: receiptNo,
      receiptNo,
      lines: LINES,
    })
  }
}

const redeeming = (name: string, itemOf: (shop: Shop, count: number) => number) => (shop: Shop, from: number) => {
  let count = from
  return () => {
    const memberId = scattered(shop, count++)
    return post('/mall/redemptions', access(shop.jwtSecret, memberId), {
      itemId: itemOf(shop, count),
      quantity: 1,
      storeId: shop.storeId,
      requestId: `${shop.mark}-${name}-${count}`,
    })
  }
}

const reading = (path: string) => (shop: Shop, from: number) => {
  let count = from
  return () => get(path, access(shop.jwtSecret, scattered(shop, count++)))
}

const readingBare = (name: string) => (shop: Shop, from: number) => {
  let count = from
  return (): Request => ({ method: 'GET', path: `/${name}/${scattered(shop, count++)}` })
}

export const works: Record<string, Work> = {
  earn: { title: 'earn: 3 lines, 10 rules', limit: 'earn', requests: earning },
  'check-in': {
    title: 'check-in',
    limit: 'check-in',
    requests: (shop, from) => {
      let count = from
      return () =>
        count >= shop.members ? null : post('/me/check-ins', access(shop.jwtSecret, scattered(shop, count++)), {})
    },
  },
  redeem: {
    title: 'redemption, spread over items',
    limit: 'redeem',
    requests: redeeming('spread', (shop, count) => shop.itemIds[count % shop.itemIds.length]!),
  },
  'redeem-hot': {
    title: 'redemption of one item',
    limit: 'redeem-hot',
    requests: redeeming('hot', (shop) => shop.hotItemId),
  },
  balance: { title: 'balance (GET /me)', requests: reading('/me'), bare: readingBare('balance') },
  ledger: {
    title: 'ledger page (20 entries)',
    requests: reading('/me/entries?limit=20'),
    bare: readingBare('ledger'),
  },
}
