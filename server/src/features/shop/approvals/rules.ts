import type { ApprovalsApi } from '@pointbook/shared/contract/shop/approvals'
import type { Instant } from '@pointbook/shared/day'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { lockSetting, readSetting } from '../../../platform/settings.ts'

/** What needs a second person; null is no limit. */
export type ApprovalRules = Omit<ApprovalsApi['PUT /admin/approval-rules']['input'], 'revision'>

export const RULES = 'approvals'

const none: ApprovalRules = {
  adjustPoints: { owner: null, manager: null, ownRole: null, storeManager: 500 },
  policy: false,
  purchaseFen: null,
}

export const readApprovalRules = async (db: Database): Promise<ApprovalRules> => ({
  ...none,
  ...(await readSetting<ApprovalRules>(db, RULES))?.value,
})

/** Locked until the transaction ends. */
export const lockApprovalRules = async (tx: Transaction, at: Instant): Promise<ApprovalRules> => ({
  ...none,
  ...(await lockSetting(tx, RULES, none, at)),
})
