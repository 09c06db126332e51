import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useRead } from '../../../api/use-read.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { StoreModal } from './store-modal.tsx'
import type { Store } from './types.ts'

export function Stores() {
  const query = useRead('GET /admin/stores', {})
  const [open, setOpen] = useState<Store | 'new' | null>(null)
  const columns = [
    { title: '门店', dataIndex: 'name', render: (name: string) => <strong>{name}</strong> },
    { title: '地址', dataIndex: 'address', render: (address: string) => address || <span className="soft">未填</span> },
    { title: '营业时间', dataIndex: 'hours', render: (hours: string) => hours || <span className="soft">未填</span> },
    {
      title: '状态',
      dataIndex: 'open',
      render: (isOpen: boolean) => (isOpen ? <Mark tone="green">营业中</Mark> : <Mark>已停用</Mark>),
    },
    {
      title: '操作',
      align: 'right' as const,
      render: (_: unknown, store: Store) => (
        <Act op="PATCH /admin/stores/:storeId" type="link" size="small" onClick={() => setOpen(store)}>
          修改
        </Act>
      ),
    },
  ]
  return (
    <Card
      title="门店"
      style={{ marginBottom: 16 }}
      extra={
        <Act op="POST /admin/stores" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          添加门店
        </Act>
      }
    >
      <Rows<Store>
        name="门店"
        query={query}
        columns={columns}
        rowKey={({ storeId }) => storeId}
        empty={<Nothing title="还没有门店" hint="添加门店后，会员才能选择到哪里取货" />}
      />
      {open && <StoreModal store={open} onClose={() => setOpen(null)} />}
    </Card>
  )
}
