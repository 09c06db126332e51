import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import type { Reply } from '../../api/call.ts'
import { countText, moneyText } from '../../pieces/numbers.ts'
import { roles } from '../../pieces/roles.ts'

type Row = Reply<'GET /admin/audit-log'>['rows'][number]

const labels: Record<string, string> = {
  name: '名称',
  notice: '公告',
  servicePhone: '客服电话',
  cards: '实体会员卡',
  address: '地址',
  hours: '营业时间',
  open: '营业中',
  role: '职务',
  storeIds: '门店编号',
  category: '分类',
  points: '积分',
  worthFen: '市价',
  description: '介绍',
  instructions: '兑换说明',
  limitPerMember: '每人限兑',
  listed: '上架',
  position: '排序',
  stock: '库存',
  pictureUrl: '图片',
  basedOn: '改自第几版',
  effectiveAt: '指定生效时间',
  reason: '原因',
  before: '原来',
  after: '改为',
}

/** What was recorded beside the sentence, field by field. */
export function Detail({ row }: { row: Row }) {
  const fields = Object.entries(fieldsOf(row.detail)).filter(([name]) => labels[name])
  return (
    <Descriptions
      size="small"
      column={1}
      colon={false}
      styles={{ label: { width: 104, color: 'var(--soft)' } }}
      items={[
        { key: 'id', label: '记录编号', children: <span className="digits">{row.id}</span> },
        ...fields.map(([name, value]) => ({ key: name, label: labels[name], children: shown(name, value) })),
      ]}
    />
  )
}

function fieldsOf(detail: string): Record<string, unknown> {
  try {
    return (JSON.parse(detail) as Record<string, unknown> | null) ?? {}
  } catch {
    return {}
  }
}

function shown(name: string, value: unknown): ReactNode {
  if (Array.isArray(value)) return shown(name, value.join('、'))
  if (value === null || value === '') return <span className="soft">无</span>
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return name.endsWith('Fen') ? moneyText(value) : countText(value)
  if (name === 'role') return roles[value as keyof typeof roles]
  return String(value)
}
