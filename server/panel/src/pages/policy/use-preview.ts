import type { Policy } from '@pointbook/shared/contract/policy'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call, type Input } from '../../api/call.ts'

export type TrialPurchase = Input<'POST /admin/policy/preview'>['purchase']

/** What a purchase would earn under a policy; asks nothing while `policy` is undefined. */
export function usePreview(policy: Policy | undefined, purchase: TrialPurchase) {
  return useQuery({
    queryKey: ['POST /admin/policy/preview', policy, purchase],
    queryFn: () => call('POST /admin/policy/preview', { policy: policy!, purchase }),
    enabled: policy !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export const hundredYuan: TrialPurchase = { lines: [{ name: '示例商品', quantity: 1, amountFen: 100_00 }] }
