import type { Policy } from '@pointbook/shared/contract/points/policy'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call, type Input } from '../../../api/call.ts'

export type TrialEvent = Input<'POST /admin/policy/preview'>['event']

/** The points of an event under a policy; no request while `policy` is undefined. */
export function usePreview(policy: Policy | undefined, event: TrialEvent) {
  return useQuery({
    queryKey: ['POST /admin/policy/preview', policy, event],
    queryFn: () => call('POST /admin/policy/preview', { policy: policy!, event }),
    enabled: policy !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export const hundredYuan: TrialEvent = {
  trigger: 'purchase',
  lines: [{ name: '示例商品', quantity: 1, amountFen: 100_00 }],
}
