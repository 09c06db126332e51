import type { RefusalCode } from '../refusals.ts'
import { commonRefusals } from './common-refusals.ts'
import type { Endpoint } from './http.ts'
import { contract, type Operation } from './index.ts'

/** Every code that an operation may be refused with. */
export function refusalsOf(op: Operation): RefusalCode[] {
  const [method] = op.split(' ') as [string]
  const endpoint: Endpoint = contract[op]
  return [...commonRefusals(method, endpoint), ...(endpoint.refusals ?? [])]
}
