import { createHash } from 'node:crypto'
import { Refusal } from '@pointbook/shared/refusals'

const DIGITS = 16

/** Names what something editable holds: equal values have equal revisions, whatever the order of their fields. */
export const revisionOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex').slice(0, DIGITS)

const inOrder = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

/**
 * Throws `edit.outdated` when `now` is no longer what the merchant read as `revision`; its detail holds `now` for a comparison.
 * What already stands as it is `wanted` is no conflict: the answer to the same edit was lost. Call it with the row locked.
 */
export function requireRevision(revision: string | null, now: object | null, wanted: object): void {
  const current = now && revisionOf(now)
  if (current !== revision && current !== revisionOf(wanted))
    throw new Refusal('edit.outdated', { now, revision: current })
}
