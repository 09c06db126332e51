import type { Policy } from '@pointbook/shared/contract/policy'
import type { Instant } from '@pointbook/shared/day'
import type { Database } from '../../platform/database/pool.ts'
import { readSetting, saveSetting } from '../../platform/settings.ts'

const NAME = 'policy.draft'

interface Kept {
  draft: Policy | null
}

export async function readDraft(db: Database): Promise<{ draft: Policy; savedAt: Instant; savedBy: string } | null> {
  const kept = await readSetting<Kept>(db, NAME)
  return kept?.value.draft ? { draft: kept.value.draft, savedAt: kept.savedAt, savedBy: kept.savedBy } : null
}

/** Keeps the merchant's draft; null throws it away. */
export const saveDraft = (db: Database, draft: Policy | null, at: Instant, by: string): Promise<void> =>
  saveSetting(db, NAME, { draft } satisfies Kept, at, by)

/** Throws the draft away when it is what has just been published. */
export async function dropPublishedDraft(db: Database, policy: Policy, at: Instant, by: string): Promise<void> {
  const kept = await readDraft(db)
  if (kept && JSON.stringify(kept.draft) === JSON.stringify(policy)) await saveDraft(db, null, at, by)
}
