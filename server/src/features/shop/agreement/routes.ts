import { adminRef } from '@pointbook/shared/references'
import { desc } from 'drizzle-orm'
import { record } from '../../../platform/audit-log.ts'
import { type Database, inTransaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import { lockSetting } from '../../../platform/settings.ts'
import type { Server } from '../../../server.ts'
import { type Agreement, readAgreement } from './store.ts'
import { agreements } from './tables.ts'
import { EDITION, sectionsWith } from './text.ts'

const VERSIONS_SHOWN = 50

type CountAgreed = (db: Database, version: number) => Promise<{ agreed: number; members: number }>

const stateOf = ({ supplement }: Pick<Agreement, 'supplement'>) => ({ supplement })

/** `countAgreed` counts the active members who have agreed to a version, and all active members. */
export function agreementRoutes(handle: Handle, { db, clock }: Server, countAgreed: CountAgreed) {
  handle('GET /agreement', async () => {
    const { version, publishedAt, changes, sections } = await readAgreement(db)
    return { version, publishedAt, changes, sections }
  })

  handle('GET /admin/agreement', async () => {
    const { version, publishedAt, publishedBy, changes } = agreements
    const current = await readAgreement(db)
    const [counts, versions] = await Promise.all([
      countAgreed(db, current.version),
      db
        .select({ version, publishedAt, publishedBy, changes })
        .from(agreements)
        .orderBy(desc(version))
        .limit(VERSIONS_SHOWN),
    ])
    const { supplement, sections } = current
    return {
      version: current.version,
      supplement,
      sections,
      versions,
      ...counts,
      revision: revisionOf(stateOf(current)),
    }
  })

  handle('PUT /admin/agreement', async ({ input: { supplement, changes, revision }, caller: { login } }) => {
    const [at, actor] = [clock.now(), adminRef(login)]
    return inTransaction(db, async (tx) => {
      // One publication at a time: the next number is read under this lock.
      await lockSetting(tx, 'agreement', {}, at)
      const before = await readAgreement(tx)
      requireRevision(revision, stateOf(before), { supplement })
      if (before.supplement === supplement) return { version: before.version, revision: revisionOf(stateOf(before)) }
      const version = before.version + 1
      const sections = sectionsWith(supplement)
      const next = { version, edition: EDITION, supplement, sections, changes, publishedAt: at, publishedBy: actor }
      await tx.insert(agreements).values(next)
      const text = `发布会员协议第 ${version} 版：${changes}`
      const detail = { before: { supplement: before.supplement }, after: { supplement } }
      await record(tx, at, { actor, action: 'agreement.publish', subject: 'settings', text, detail })
      return { version, revision: revisionOf(stateOf(next)) }
    })
  })
}
