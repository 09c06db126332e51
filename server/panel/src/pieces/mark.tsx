import type { ReactNode } from 'react'
import './mark.css'

interface Props {
  tone?: 'plain' | 'green' | 'amber' | 'rust' | 'gold'
  children: ReactNode
}

/** A small label for a state. */
export function Mark({ tone = 'plain', children }: Props) {
  return <span className={`mark mark-${tone}`}>{children}</span>
}
