import { refusedBy } from '@pointbook/shared/client'
import type { Operation } from '@pointbook/shared/contract/index'
import { Alert, Button, Space } from 'antd'
import type { ReactNode } from 'react'
import { sayError } from '../refusal-alert.tsx'
import './outdated.css'

interface Now<T> {
  now: T | null
  revision: string
}

/** The value that another person has saved meanwhile; null for other errors. */
export const outdatedIn = <T,>(error: unknown): Now<T> | null =>
  refusedBy<Operation>(error, 'edit.outdated') ? (error.detail as unknown as Now<T>) : null

interface Props<T> {
  error: unknown
  /** The value when the merchant began. */
  opened: T
  mine: () => T
  /** Labels of all fields: a field without a label is neither compared nor saved. */
  labels: Record<keyof T & string, string>
  text?: (name: keyof T & string, value: unknown) => ReactNode
  /** Saves the merchant's changes on top of the present value. */
  onKeep: (merged: T, revision: string) => void
  /** Drops what the merchant typed. */
  onTake: (now: T, revision: string) => void
}

/** Another person has saved first: shows both versions and the choice between them. */
export function Outdated<T extends object>({ error, opened, mine, labels, text = plain, onKeep, onTake }: Props<T>) {
  const conflict = outdatedIn<T>(error)
  if (!conflict) return null
  const now = conflict.now ?? opened
  const typed = mine()
  const names = (Object.keys(labels) as (keyof T & string)[]).filter(
    (name) => differ(opened[name], now[name]) || differ(opened[name], typed[name]),
  )
  const merged = {
    ...now,
    ...Object.fromEntries(names.filter((name) => differ(opened[name], typed[name])).map((name) => [name, typed[name]])),
  }
  return (
    <Alert
      type="warning"
      showIcon
      className="outdated"
      title={sayError(error)}
      description={
        <>
          <table className="digits">
            <thead>
              <tr>
                <th />
                <th>打开时</th>
                <th>现在</th>
                <th>您填的</th>
              </tr>
            </thead>
            <tbody>
              {names.map((name) => (
                <tr key={name}>
                  <th>{labels[name]}</th>
                  <td>{text(name, opened[name])}</td>
                  <td>{differ(opened[name], now[name]) ? <strong>{text(name, now[name])}</strong> : '没有变'}</td>
                  <td>{differ(opened[name], typed[name]) ? <strong>{text(name, typed[name])}</strong> : '没有改'}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Space wrap>
            <Button size="small" onClick={() => onTake(now, conflict.revision)}>
              用现在的，不要我填的
            </Button>
            <Button size="small" type="primary" onClick={() => onKeep(merged, conflict.revision)}>
              保存我填的，其余用现在的
            </Button>
          </Space>
        </>
      }
    />
  )
}

const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other)

function plain(_name: string, value: unknown): ReactNode {
  if (value === null || value === '' || value === undefined) return <span className="soft">无</span>
  if (typeof value === 'boolean') return value ? '是' : '否'
  return Array.isArray(value) ? value.join('、') : String(value)
}
