/** Names an order by the ledger entry that paid it: `10000001-5`. */
export const orderNo = (memberId: number, entrySeq: number): string => `${memberId}-${entrySeq}`

const ORDER_PAGE = '/member/order/index?no='

/** The page of the mini-program that shows an order. */
export const orderPage = (memberId: number, entrySeq: number): string => ORDER_PAGE + orderNo(memberId, entrySeq)

/** The order number in the address of an order page. */
export const orderOnPage = (page: string): { memberId: number; entrySeq: number } =>
  orderKey(page.slice(ORDER_PAGE.length))

/** `10000001-5` → member 10000001, entry 5. */
export function orderKey(no: string): { memberId: number; entrySeq: number } {
  const [memberId, entrySeq] = no.split('-').map(Number) as [number, number]
  return { memberId, entrySeq }
}
