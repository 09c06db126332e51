import { SwapOutlined } from '@ant-design/icons'
import { Button, Form, Skeleton } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { FindMember } from '../../../pieces/find-member.tsx'
import { countText, moneyText } from '../../../pieces/numbers.ts'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { roles } from '../../../pieces/roles.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'
import './merge.css'

type Preview = Reply<'GET /admin/members/:memberId/merge'>

/** A row: its label, the values of both records and the result. */
type Row = [label: string, kept: string, double: string, after: string]

interface Props {
  member: Member
  onClose: () => void
}

/** Shows both records and the result before the merchant confirms, because a merge cannot be undone. */
export function Merge({ member, onClose }: Props) {
  const navigate = useNavigate()
  const done = useDone()
  const [otherId, setOtherId] = useState<number>()
  const [swapped, setSwapped] = useState(false)
  const pair = {
    memberId: swapped ? (otherId ?? 0) : member.memberId,
    doubleId: swapped ? member.memberId : (otherId ?? 0),
  }
  const merge = useWrite('POST /admin/members/:memberId/merge', {
    withId: true,
    changes: [
      'GET /admin/members/:memberId/merge',
      'POST /admin/members/search',
      'GET /admin/members/:memberId',
      'GET /admin/members/:memberId/entries',
    ],
  })
  // A merged pair has no preview, so the dialog requests none while it closes.
  const enabled = otherId !== undefined && !merge.isPending && !merge.isSuccess
  const preview = useRead('GET /admin/members/:memberId/merge', pair, { enabled })
  const choose = (memberId: number) => {
    merge.reset()
    setOtherId(memberId)
    setSwapped(false)
  }
  const confirm = (reason: string) => {
    if (!preview.data) return
    const { points, balance, debt, tierName } = preview.data.after
    merge.send({ ...pair, points, balance, debt, tierName, reason }, (merged) => {
      done(`已合并，${countText(merged.points)} 分转入，有效期不变`)
      onClose()
      navigate(`/members/${pair.memberId}`)
    })
  }
  return (
    <AskReason
      open
      title="合并会员档案"
      okText="确认合并"
      danger
      disabled={!preview.data}
      placeholder="例如：顾客换了手机号，注册了两次，已当面核实"
      write={merge}
      besides={[otherId, swapped]}
      width={720}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <p className="soft">
        同一位顾客有两份档案时使用。积分连同有效期、欠分、消费和累计全部并到保留的一份，另一份注销，不能撤销。
      </p>
      <Form layout="vertical">
        <Form.Item label="另一份档案" htmlFor="other-record">
          <FindMember id="other-record" value={otherId} onChange={choose} />
        </Form.Item>
      </Form>
      <RefusalAlert error={preview.error} />
      {preview.isFetching && !preview.data && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {preview.data && <Comparison preview={preview.data} onSwap={() => setSwapped(!swapped)} />}
    </AskReason>
  )
}

function Comparison({ preview: { kept, double, after }, onSwap }: { preview: Preview; onSwap: () => void }) {
  const higher = [kept.role, double.role].includes('manager') ? 'manager' : (kept.role ?? double.role)
  const rows: Row[] = [
    ['会员号', kept.memberNo, double.memberNo, kept.memberNo],
    ['手机', kept.phoneMasked, double.phoneMasked, kept.phoneMasked || double.phoneMasked],
    [
      '微信',
      yesNo(kept.wechat),
      yesNo(double.wechat),
      kept.wechat && double.wechat ? '两个都能登录' : yesNo(kept.wechat || double.wechat),
    ],
    ['积分', countText(kept.balance), countText(double.balance), countText(after.balance)],
    ['欠分', countText(kept.debt), countText(double.debt), countText(after.debt)],
    ['等级', kept.tierName, double.tierName, after.tierName],
    ['累计获得', countText(kept.earned), countText(double.earned), countText(after.earned)],
    ['消费', purchasesOf(kept), purchasesOf(double), purchasesOf(after)],
    [
      '待取货',
      `${kept.waitingOrders} 单`,
      `${double.waitingOrders} 单`,
      `${kept.waitingOrders + double.waitingOrders} 单`,
    ],
    ['会员卡', kept.cardNo ?? '', double.cardNo ?? '', kept.cardNo ?? double.cardNo ?? ''],
    ['职务', roleOf(kept.role), roleOf(double.role), roleOf(higher)],
  ]
  return (
    <>
      <table className="merge-table digits">
        <thead>
          <tr>
            <th>
              <Button size="small" icon={<SwapOutlined />} onClick={onSwap}>
                互换
              </Button>
            </th>
            <th>
              保留<strong>{kept.nickname}</strong>
            </th>
            <th>
              并入后注销<strong>{double.nickname}</strong>
            </th>
            <th className="merge-after">
              合并后<strong>{kept.nickname}</strong>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.filter(hasSomething).map(([label, ...values]) => (
            <tr key={label}>
              <th>{label}</th>
              <td>{values[0] || '—'}</td>
              <td>{values[1] || '—'}</td>
              <td className="merge-after">{values[2] || '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft small">
        {after.lots > 0
          ? `转入 ${countText(after.points)} 分，分 ${after.lots} 批，每批保持原来的生效日和到期日。`
          : '没有积分要转入。'}
        以后退货，先从那次消费得到的积分里扣回。
      </p>
    </>
  )
}

/** Leaves out rows in which neither record has a value. */
const hasSomething = ([, kept, double]: Row) => [kept, double].some((value) => !['', '0', '0 单'].includes(value))

const yesNo = (wechat: boolean) => (wechat ? '已绑定' : '没有')
const purchasesOf = ({ purchases, spendFen }: { purchases: number; spendFen: number }) =>
  `${purchases} 次 ${moneyText(spendFen)}`
const roleOf = (role: Preview['kept']['role']) => (role ? roles[role] : '')
