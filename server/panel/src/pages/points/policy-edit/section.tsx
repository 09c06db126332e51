import type { ReactNode } from 'react'
import { Card } from '../../../pieces/card.tsx'
import { idOf, type SectionKey } from './sections.ts'

interface Props {
  of: SectionKey
  title: string
  children: ReactNode
}

/** A section of the form, to which the side menu and the faults lead. */
export const Section = ({ of, title, children }: Props) => (
  <Card id={idOf(of)} title={title} className="editor-section">
    {children}
  </Card>
)
