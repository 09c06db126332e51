import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Instant } from '@pointbook/shared/day'
import { type Database, inTransaction } from '../../../platform/database/pool.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts'
import type { Server } from '../../../server.ts'

const NAME = 'policy.draft'

interface Kept {
  draft: Policy | null
}

const none: Kept = { draft: null }

interface KeptDraft {
  draft: Policy | null
  revision: string
  savedAt: Instant | null
  savedBy: string
}

export async function readDraft(db: Database): Promise<KeptDraft> {
  const kept = await readSetting<Kept>(db, NAME)
  const draft = kept?.value.draft ?? null
  const revision = revisionOf({ draft })
  return draft
    ? { draft, revision, savedAt: kept!.savedAt, savedBy: kept!.savedBy }
    : { draft, revision, savedAt: null, savedBy: '' }
}

/** Keeps the merchant's draft, null throws it away; returns its revision. Throws `edit.outdated` when it replaces another one than was read. */
export function saveDraft(
  { db, clock }: Server,
  { draft, revision }: Kept & { revision: string },
  by: string,
): Promise<string> {
  const at = clock.now()
  return inTransaction(db, async (tx) => {
    requireRevision(revision, await lockSetting(tx, NAME, none, at), { draft })
    await saveSetting(tx, NAME, { draft } satisfies Kept, at, by)
    return revisionOf({ draft })
  })
}

/** Deletes the draft when it has just been published. */
export function dropPublishedDraft({ db, clock }: Server, policy: Policy, by: string): Promise<void> {
  const at = clock.now()
  return inTransaction(db, async (tx) => {
    const kept = await lockSetting(tx, NAME, none, at)
    if (revisionOf(kept.draft) === revisionOf(policy)) await saveSetting(tx, NAME, none, at, by)
  })
}
