import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { differences, record } from '../../../platform/audit-log.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import { saveSetting } from '../../../platform/settings.ts'
import type { Server } from '../../../server.ts'
import { decidersOf, leaveSomebodyAlone, placeOf, readAccounts } from './deciders.ts'
import { lockApprovalRules, RULES, readApprovalRules } from './rules.ts'

/** What needs a second person. */
export function approvalRuleRoutes(handle: Handle, { db, clock }: Server) {
  handle('GET /admin/approval-rules', async () => {
    const [rules, accounts] = await Promise.all([readApprovalRules(db), readAccounts(db)])
    const deciders = {
      adjustment: decidersOf('adjustment', accounts).length,
      policy: decidersOf('policy', accounts).length,
      purchase: decidersOf('purchase', accounts).length,
    }
    return { ...rules, deciders, revision: revisionOf(rules) }
  })

  handle('PUT /admin/approval-rules', async ({ input, caller: { login } }) => {
    const { revision, adjustPoints, policy, purchaseFen } = input
    const { owner, manager, ownRole, storeManager } = adjustPoints
    const wanted = { adjustPoints: { owner, manager, ownRole, storeManager }, policy, purchaseFen }
    const [at, actor, accounts] = [clock.now(), adminRef(login), await readAccounts(db)]
    await inTransaction(db, async (tx) => {
      const before = await lockApprovalRules(tx, at)
      requireRevision(revision, before, wanted)
      if (leaveSomebodyAlone(before, wanted, accounts)) throw new Refusal('approval.nobody')
      const detail = differences(before, wanted)
      if (!detail) return
      await saveSetting(tx, RULES, wanted, at, actor)
      const line = { actor, action: 'approval.rules', subject: 'settings', text: '修改需要审批的操作' } as const
      await record(tx, at, { ...line, detail })
    })
    return { revision: revisionOf(wanted) }
  })

  handle('GET /admin/approval-needs', async ({ caller: { role } }) => {
    const { adjustPoints, policy } = await readApprovalRules(db)
    return { adjustPoints: adjustPoints[placeOf(role)], policy }
  })
}
