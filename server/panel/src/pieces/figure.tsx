import { Card, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import './figure.css'

interface Props {
  label: string
  value: ReactNode
  unit?: string
  note?: ReactNode
  tone?: 'plain' | 'amber' | 'green'
  loading?: boolean
}

export function Figure({ label, value, unit, note, tone = 'plain', loading = false }: Props) {
  return (
    <Card size="small" className={`figure figure-${tone}`}>
      <div className="figure-label">{label}</div>
      {loading ? (
        <Skeleton.Button active size="small" className="figure-skeleton" />
      ) : (
        <div className="figure-value digits">
          {value}
          {unit && <small>{unit}</small>}
        </div>
      )}
      {note && <div className="figure-note">{loading ? ' ' : note}</div>}
    </Card>
  )
}

export function Figures({ children }: { children: ReactNode }) {
  return <div className="figures">{children}</div>
}
