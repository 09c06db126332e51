import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useStores } from '../../../api/use-stores.ts'
import { countText, moneyText } from '../../../pieces/numbers.ts'
import { roles } from '../../../pieces/roles.ts'
import { atMinute } from '../../../pieces/when.tsx'
import { sexes } from '../../members/member/sexes.ts'
import { labels } from './labels.ts'

type Row = Reply<'POST /admin/audit-log/search'>['rows'][number]
type Fields = Record<string, unknown>

/** The detail of a log line: the changes, or its fields. */
export function Detail({ row }: { row: Row }) {
  const { storeName } = useStores()
  const { before, after, ...plain } = fieldsOf(row.detail)
  const [old, now] = [changed(before), changed(after)]
  const names = Object.keys({ ...old, ...now })
  return (
    <Descriptions
      size="small"
      column={1}
      colon={false}
      styles={{ label: { width: 104, color: 'var(--soft)' } }}
      items={[
        { key: 'id', label: '记录编号', children: <span className="digits">{row.id}</span> },
        ...names.map((name) => ({
          key: name,
          label: labelOf(name),
          children: (
            <span>
              {shown(name, old[name], storeName)} → {shown(name, now[name], storeName)}
            </span>
          ),
        })),
        ...Object.entries(plain).map(([name, value]) => ({
          key: name,
          label: labelOf(name),
          children: shown(name, value, storeName),
        })),
      ]}
    />
  )
}

/** An unknown field, such as of an older version, is shown by the name under which it is stored. */
const labelOf = (name: string) => labels[name] ?? name

/** Plain lists are tags, as written by older versions. */
const changed = (state: unknown): Fields => (Array.isArray(state) ? { tags: state } : ((state ?? {}) as Fields))

function fieldsOf(detail: string): Fields {
  try {
    return (JSON.parse(detail) as Fields | null) ?? {}
  } catch {
    return {}
  }
}

function shown(name: string, value: unknown, storeName: (storeId: number) => string): ReactNode {
  if (name === 'storeIds' && Array.isArray(value)) return value.map(storeName).join('、') || '无'
  if (Array.isArray(value)) return value.join('、') || '无'
  if (value === null || value === '' || value === undefined) return <span className="soft">无</span>
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (name === 'storeId' && typeof value === 'number') return storeName(value)
  if (name === 'effectiveAt') return atMinute(String(value))
  if (typeof value === 'number') return name.endsWith('Fen') ? moneyText(value) : countText(value)
  if (name === 'role') return roles[value as keyof typeof roles]
  if (name === 'sex') return sexes[value as keyof typeof sexes]
  return String(value)
}
