import { Table } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Act } from '../../../pieces/act.tsx'
import { Explanations } from '../../../pieces/explanations.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText, moneyText } from '../../../pieces/numbers.ts'
import { Rows } from '../../../pieces/rows.tsx'
import { usePages } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'
import { ReturnGoods } from './return-goods.tsx'
import { canComeBack } from './use-back.ts'

type Purchase = Reply<'GET /admin/members/:memberId/purchases'>['rows'][number]
type Line = Purchase['lines'][number]

export function Purchases({ memberId }: { memberId: number }) {
  const pages = usePages()
  const query = useRead('GET /admin/members/:memberId/purchases', { memberId, cursor: pages.cursor }, { keep: true })
  return (
    <Rows<Purchase>
      name="消费与退货"
      query={query}
      columns={columns}
      rowKey={({ storeId, receiptNo }) => `${storeId}/${receiptNo}`}
      pages={pages}
      size="small"
      expanded={(purchase) => <Receipt purchase={purchase} />}
      empty={<Nothing title="还没有消费记录" hint="店员扫会员码记一笔消费后会出现在这里" />}
    />
  )
}

const money = (amountFen: number) => <span className="digits">{moneyText(amountFen)}</span>
const points = (amount: number) => <span className="digits">{countText(amount)}</span>
const returned = (amount: number, text: string) =>
  amount > 0 ? <span className="digits loss">{text}</span> : <span className="soft">—</span>

const paidWithPoints = (offset: Purchase['offset']) =>
  offset ? (
    <div className="digits">
      {moneyText(offset.fen)}
      <div className="soft">{countText(offset.points)} 分</div>
    </div>
  ) : (
    <span className="soft">—</span>
  )

const columns = [
  { title: '时间', dataIndex: 'at', render: (at: string) => <When at={at} /> },
  { title: '门店', dataIndex: 'storeName' },
  { title: '小票号', dataIndex: 'receiptNo', className: 'digits' },
  { title: '金额', dataIndex: 'amountFen', align: 'right' as const, render: money },
  { title: '抵现', align: 'right' as const, render: (_: unknown, { offset }: Purchase) => paidWithPoints(offset) },
  { title: '积分', dataIndex: 'points', align: 'right' as const, render: points },
  {
    title: '退货',
    align: 'right' as const,
    render: (_: unknown, { returnedFen }: Purchase) => returned(returnedFen, moneyText(returnedFen)),
  },
  {
    title: '收回积分',
    align: 'right' as const,
    render: (_: unknown, { returnedPoints }: Purchase) => returned(returnedPoints, countText(returnedPoints)),
  },
]

const lineColumns = [
  { title: '商品', dataIndex: 'name' },
  { title: '类别', dataIndex: 'category', render: (category: string) => category || '—' },
  { title: '数量', dataIndex: 'quantity', align: 'right' as const },
  { title: '金额', dataIndex: 'amountFen', align: 'right' as const, render: money },
  { title: '积分', dataIndex: 'points', align: 'right' as const, render: points },
  {
    title: '已退',
    align: 'right' as const,
    render: (_: unknown, { returnedQuantity, returnedFen }: Line) =>
      returned(returnedFen + returnedQuantity, `${returnedQuantity} 件 ${moneyText(returnedFen)}`),
  },
]

function Receipt({ purchase }: { purchase: Purchase }) {
  const [returning, setReturning] = useState(false)
  return (
    <div className="why">
      <div>
        <Table<Line> dataSource={purchase.lines} columns={lineColumns} rowKey="line" size="small" pagination={false} />
        {purchase.lines.some(canComeBack) && (
          <Act
            op="POST /admin/purchases/returns"
            size="small"
            style={{ marginTop: 12 }}
            onClick={() => setReturning(true)}
          >
            退货
          </Act>
        )}
      </div>
      <div>
        <h2>积分怎么来的</h2>
        <Explanations lines={purchase.why} />
      </div>
      {returning && <ReturnGoods purchase={purchase} onClose={() => setReturning(false)} />}
    </div>
  )
}
