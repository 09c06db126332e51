import type { Caps, EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import { type Fault, fault } from './faults.ts'

const capNames = { day: '每天', month: '每月', member: '每人', budget: '总共' } as const

// From the narrowest to the widest.
const order = ['day', 'month', 'member', 'budget'] as const

/** Caps that give nothing, that cut every gift, or that a wider one makes idle. */
export function capFaults({ gift, caps }: EarningRule, path: string): Fault[] {
  const set = order.filter((cap) => caps[cap] !== null)
  return [
    ...set.flatMap((cap) => tooLow(gift, cap, caps[cap]!, `${path}.${cap}`)),
    ...set.flatMap((cap, at) => idle(cap, set.slice(at + 1), caps, `${path}.${cap}`)),
    ...(set.length === 1 && caps.budget !== null
      ? [fault('warning', `${path}.budget`, '没有给每位会员设上限，预算可能被少数人领完')]
      : []),
  ]
}

function tooLow(gift: EarningRule['gift'], cap: keyof Caps, most: number, path: string): Fault[] {
  if (most === 0) return [fault('error', path, `${capNames[cap]}最多 0 分，这条规则永远不会送积分`)]
  if ((gift.type !== 'fixed' && gift.type !== 'per-unit') || gift.points <= most) return []
  return [fault('error', path, `一次送 ${gift.points} 分，${capNames[cap]}却最多 ${most} 分，永远领不满一次`)]
}

function idle(cap: keyof Caps, wider: (keyof Caps)[], caps: Caps, path: string): Fault[] {
  const smaller = wider.find((one) => caps[one]! < caps[cap]!)
  return smaller
    ? [fault('warning', path, `${capNames[smaller]}最多 ${caps[smaller]} 分，比它还少，这个上限不起作用`)]
    : []
}
