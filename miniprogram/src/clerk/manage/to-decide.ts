import type { Api } from '@pointbook/shared/contract/index'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'

export type ToDecide = Api['GET /clerk/approvals']['reply']['toDecide'][number]

/** What waits for the manager's decision; asks nothing for a clerk. */
export const useToDecide = (manages: boolean) =>
  useLoad(manages ? async () => (await call('GET /clerk/approvals')).toDecide : null, [manages])

/** How many wait, in words; '' for none. */
export const waitingText = (rows: readonly ToDecide[] | undefined): string =>
  rows && rows.length > 0 ? `${rows.length} 笔等您审批` : ''
