import type { ReactNode } from 'react'
import type { Operation } from '../api/call.ts'
import { useSession } from './use-session.ts'

/** Whether the account may use an operation. The server decides; the panel only hides what it would refuse. */
export function useMay() {
  const operations = useSession().session?.operations ?? []
  return (op: Operation) => operations.includes(op)
}

/** What belongs to an operation, for accounts that may use it. */
export function Allowed({ op, children }: { op: Operation; children: ReactNode }) {
  return useMay()(op) ? children : null
}
