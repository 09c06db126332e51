import { createHmac } from 'node:crypto'
import type { Draw, Entry, Lot, Redate } from '../core/ledger/points.ts'

export const FIRST_SEAL = Buffer.alloc(32)

/**
 * HMAC-SHA256 over the previous seal and all of the entry: its own fields, the lot as it opened it, what it drew and what dates
 * it moved. Whoever edits,
 * inserts or deletes rows without the key breaks the chain of that member, and the audit names the first broken entry.
 */
export function seal(
  secret: string,
  previous: Buffer,
  entry: Entry,
  opened: Lot | undefined,
  drawn: readonly Draw[],
  redated: readonly Redate[],
): Buffer {
  const facts = [
    entry.memberId,
    entry.seq,
    entry.kind,
    entry.cause,
    entry.ref,
    entry.delta,
    entry.debtDelta,
    entry.balanceAfter,
    entry.policyVersion,
    entry.why,
    entry.actor,
    entry.at,
    opened ? [opened.points, opened.usableOn, opened.expiresOn] : null,
    drawn.map(({ lotSeq, points }) => [lotSeq, points]).sort((a, b) => a[0]! - b[0]!),
    ...redated
      .map((one) => [one.lotSeq, one.usableFrom, one.usableOn, one.expiresFrom, one.expiresOn] as const)
      .sort((a, b) => a[0] - b[0]),
  ]
  return createHmac('sha256', secret).update(previous).update(JSON.stringify(facts)).digest()
}
