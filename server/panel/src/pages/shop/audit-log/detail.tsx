import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useStores } from '../../../api/use-stores.ts'
import { countText, moneyText } from '../../../pieces/numbers.ts'
import { roles } from '../../../pieces/roles.ts'
import { sexes } from '../../members/member/sexes.ts'

type Row = Reply<'GET /admin/audit-log'>['rows'][number]
type Fields = Record<string, unknown>

const labels: Record<string, string> = {
  name: '名称',
  notice: '公告',
  servicePhone: '客服电话',
  cards: '实体会员卡',
  address: '地址',
  hours: '营业时间',
  open: '营业中',
  role: '职务',
  storeIds: '门店',
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
  title: '标题',
  body: '正文',
  nickname: '昵称',
  sex: '性别',
  birthday: '生日',
  phone: '手机',
  tags: '标签',
}

/** The detail of a log line: the changes, or its fields. */
export function Detail({ row }: { row: Row }) {
  const { storeName } = useStores()
  const { before, after, ...plain } = fieldsOf(row.detail)
  const [old, now] = [changed(before), changed(after)]
  const names = Object.keys({ ...old, ...now }).filter((name) => labels[name])
  const fields = Object.entries(plain).filter(([name]) => labels[name])
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
          label: labels[name],
          children: (
            <span>
              {shown(name, old[name], storeName)} → {shown(name, now[name], storeName)}
            </span>
          ),
        })),
        ...fields.map(([name, value]) => ({ key: name, label: labels[name], children: shown(name, value, storeName) })),
      ]}
    />
  )
}

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
  if (typeof value === 'number') return name.endsWith('Fen') ? moneyText(value) : countText(value)
  if (name === 'role') return roles[value as keyof typeof roles]
  if (name === 'sex') return sexes[value as keyof typeof sexes]
  return String(value)
}
