import type { ReactNode } from 'react'

/** Text for screen readers only. */
export function Unseen({ children }: { children: ReactNode }) {
  return <span className="unseen">{children}</span>
}
