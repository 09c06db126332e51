import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Space } from 'antd'
import { useState } from 'react'
import { call, type Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { useShop } from '../../../layout/use-shop.ts'
import { Card } from '../../../pieces/card.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { countText, grouped } from '../../../pieces/numbers.ts'
import { Reference } from '../../../pieces/reference.tsx'
import { RefusalAlert, sayError } from '../../../pieces/refusal-alert.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { saveCsv } from '../../../pieces/save-csv.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import { When } from '../../../pieces/when.tsx'
import { useMay } from '../../../session/use-may.tsx'

type Batch = Reply<'GET /admin/card-batches'>['rows'][number]

/** Card numbers for the printer; nothing while the shop has no cards. */
export function CardsCard() {
  const [shop, may] = [useShop(), useMay()]
  const isOn = shop?.cards === true && may('POST /admin/card-batches')
  const query = useRead('GET /admin/card-batches', {}, { enabled: isOn })
  if (!isOn) return null
  return (
    <Card title="会员卡卡号">
      <NewBatch />
      <Rows<Batch>
        name="会员卡卡号"
        query={query}
        columns={columns}
        rowKey={({ batchId }) => batchId}
        size="small"
        empty={<Nothing title="还没有卡号" hint="先生成一批，下载后交给制卡厂印成 Code 128 条码卡" />}
      />
    </Card>
  )
}

function NewBatch() {
  const [cards, setCards] = useState<number | null>(100)
  const done = useDone()
  const make = useWrite('POST /admin/card-batches', {
    withId: true,
    changes: ['GET /admin/card-batches', 'POST /admin/audit-log/search'],
  })
  const send = () => cards && make.send({ cards }, () => done(`已生成 ${countText(cards)} 个卡号`))
  return (
    <>
      <Space style={{ marginBottom: 16 }}>
        <NumberInput value={cards} onChange={setCards} min={1} max={5_000} suffix="张" aria-label="张数" />
        <Button onClick={send} loading={make.isPending} disabled={!cards}>
          生成卡号
        </Button>
      </Space>
      <RefusalAlert error={make.error} />
    </>
  )
}

function Download({ batchId }: { batchId: number }) {
  const { message } = App.useApp()
  const download = async () => {
    try {
      const { cardNos } = await call('GET /admin/card-batches/:batchId', { batchId })
      saveCsv(`会员卡-${batchId}`, [['卡号'], ...cardNos.map((cardNo) => [grouped(cardNo)])])
    } catch (error) {
      message.error(sayError(error))
    }
  }
  return (
    <Button type="link" size="small" icon={<DownloadOutlined />} onClick={download}>
      下载 CSV
    </Button>
  )
}

const columns = [
  { title: '批次', dataIndex: 'batchId', className: 'digits' },
  { title: '生成时间', dataIndex: 'madeAt', render: (at: string) => <When at={at} /> },
  { title: '经手', dataIndex: 'madeBy', render: (by: string) => <Reference to={by} /> },
  { title: '张数', dataIndex: 'cards', align: 'right' as const, render: countText },
  { title: '未发', dataIndex: 'blank', align: 'right' as const, render: countText },
  {
    title: '下载',
    align: 'right' as const,
    render: (_: unknown, { batchId }: Batch) => <Download batchId={batchId} />,
  },
]
