/** Names an order by the ledger entry that paid it: `10000001-5`. */
export const orderNo = (memberId: number, entrySeq: number): string => `${memberId}-${entrySeq}`

/** `10000001-5` → member 10000001, entry 5. */
export function orderKey(no: string): { memberId: number; entrySeq: number } {
  const [memberId, entrySeq] = no.split('-').map(Number) as [number, number]
  return { memberId, entrySeq }
}
