import type { ReactNode } from 'react'

/** Words for those who hear the page; whoever sees it does without them. */
export function Unseen({ children }: { children: ReactNode }) {
  return <span className="unseen">{children}</span>
}
