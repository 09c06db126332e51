import { createHash } from 'node:crypto'
import { Refusal } from '@pointbook/shared/refusals'

const DIGITS = 16

/** The revision of an editable value: equal values have equal revisions, in any order of their fields. */
export const revisionOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex').slice(0, DIGITS)

const inOrder = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

/**
 * Throws `edit.outdated` when `now` is no longer the value that the merchant read as `revision`; its detail has `now` for a
 * comparison. A value that already equals `wanted` is no conflict: the answer to the same edit was lost. Call it with the row
 * locked.
 */
export function requireRevision(revision: string | null, now: object | null, wanted: object): void {
  const current = now && revisionOf(now)
  if (current !== revision && current !== revisionOf(wanted))
    throw new Refusal('edit.outdated', { now, revision: current })
}
