import { PlusOutlined } from '@ant-design/icons'
import { App, Card } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { danger } from '../../../pieces/danger.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { sayError } from '../../../pieces/refusal-alert.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { When } from '../../../pieces/when.tsx'
import { HowToSign } from './how-to-sign.tsx'
import { NewKey } from './new-key.tsx'

type Key = Reply<'GET /admin/api-keys'>['rows'][number]

export function Component() {
  const [adding, setAdding] = useState(false)
  const query = useRead('GET /admin/api-keys', {})
  const stores = useRead('GET /admin/stores', {}).data?.rows ?? []
  const systems = [...new Set(query.data?.rows.flatMap(({ system }) => system ?? []))]
  const nameOf = (storeId: number) => stores.find((store) => store.storeId === storeId)?.name ?? '—'
  const revoke = useRevocation()
  const add = (
    <Act op="POST /admin/api-keys" type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      新建密钥
    </Act>
  )
  const columns = [
    {
      title: '用途',
      className: 'wordy',
      render: (_: unknown, { name, system, keyId, revokedAt }: Key) => (
        <>
          <div>
            {system === name ? name : `${name}（${system}）`} {revokedAt && <Mark>已停用</Mark>}
          </div>
          <div className="soft small digits">{keyId}</div>
        </>
      ),
    },
    {
      title: '可用门店',
      className: 'wordy',
      render: (_: unknown, { storeIds }: Key) => storeIds.map(nameOf).join('、'),
    },
    {
      title: '每分钟最多',
      align: 'right' as const,
      width: 120,
      render: (_: unknown, { perMinute }: Key) => <span className="digits">{perMinute} 次</span>,
    },
    { title: '新建时间', dataIndex: 'madeAt', width: 150, render: (at: string) => <When at={at} /> },
    {
      title: '最近使用',
      dataIndex: 'lastUsedAt',
      width: 150,
      render: (at: string | null) => (at ? <When at={at} /> : <span className="soft">还没有用过</span>),
    },
    {
      title: '操作',
      width: 90,
      render: (_: unknown, key: Key) =>
        !key.revokedAt && (
          <Act
            op="POST /admin/api-keys/:apiKeyId/revocation"
            type="link"
            size="small"
            danger
            onClick={() => revoke(key)}
          >
            停用
          </Act>
        ),
    },
  ]
  return (
    <>
      <PageHeader title="开放接口" hint="让收银系统、网店和合作方直接记消费、报活动、查会员积分" actions={add} />
      <Card style={{ marginBottom: 16 }}>
        <Rows<Key>
          name="密钥"
          query={query}
          columns={columns}
          rowKey={({ apiKeyId }) => apiKeyId}
          empty={<Nothing title="还没有密钥" hint="为每个对接的系统各建一个，出问题时可以单独停用" />}
        />
      </Card>
      <HowToSign />
      {adding && <NewKey stores={stores} systems={systems} onClose={() => setAdding(false)} />}
    </>
  )
}

function useRevocation() {
  const { modal, message } = App.useApp()
  const done = useDone()
  const revoke = useWrite('POST /admin/api-keys/:apiKeyId/revocation', {
    withId: false,
    changes: ['GET /admin/api-keys'],
  })
  return ({ apiKeyId, name }: Key) =>
    modal.confirm({
      title: `停用「${name}」的密钥？`,
      content: '停用后立刻失效，不能恢复。已经记下的消费和积分不受影响。',
      okText: '停用',
      ...danger,
      cancelText: '再想想',
      onOk: async () => {
        try {
          await revoke.mutateAsync({ apiKeyId })
          done('已停用')
        } catch (error) {
          message.error(sayError(error))
        }
      },
    })
}
