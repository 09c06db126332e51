import { entryKinds } from '@pointbook/shared/words'
import { Drawer, Space } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { figureNow } from '../../../pieces/changed.ts'
import { useReturnFocus } from '../../../pieces/editing/use-return-focus.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { Delta } from '../../../pieces/points.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { usePages } from '../../../pieces/use-address.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import { When } from '../../../pieces/when.tsx'
import { caseReadings } from './readings.ts'
import type { SuspectOf } from './types.ts'

type Gift = Reply<'GET /admin/cases/:caseId/members/:memberId/gifts'>['rows'][number]

interface Props {
  caseId: number
  member: SuspectOf
  onClose: () => void
}

/** The entries that gave the member points; unlawful ones can be chosen and taken back. */
export function Gifts({ caseId, member, onClose }: Props) {
  const { memberId, nickname } = member
  const pages = usePages()
  const [chosen, setChosen] = useState<Map<number, number>>(new Map())
  const [asking, setAsking] = useState(false)
  useReturnFocus(true)
  const query = useRead(
    'GET /admin/cases/:caseId/members/:memberId/gifts',
    { caseId, memberId, cursor: pages.cursor },
    { keep: true },
  )
  const points = [...chosen.values()].reduce((sum, left) => sum + left, 0)
  const selection = {
    selectedRowKeys: [...chosen.keys()],
    preserveSelectedRowKeys: true,
    getCheckboxProps: ({ left, seq }: Gift) => ({ disabled: left === 0, 'aria-label': `第 ${seq} 笔` }),
    onChange: (_: unknown, rows: Gift[]) => setChosen(new Map(rows.map(({ seq, left }) => [seq, left]))),
  }
  return (
    <Drawer
      open
      size={800}
      title={`「${nickname}」的积分来源`}
      onClose={onClose}
      footer={
        <Space>
          <Act
            op="POST /admin/cases/:caseId/takings"
            type="primary"
            danger
            disabled={chosen.size === 0}
            onClick={() => setAsking(true)}
          >
            {chosen.size > 0 ? `收回所选 ${chosen.size} 笔，共 ${countText(points)} 分` : '勾选要收回的记录'}
          </Act>
        </Space>
      }
    >
      <Rows<Gift>
        name="积分来源"
        query={query}
        columns={columns}
        rowKey={({ seq }) => seq}
        pages={pages}
        size="small"
        selection={selection}
        empty={<Nothing title="这位会员还没有获得过积分" />}
      />
      {asking && (
        <TakeBack
          caseId={caseId}
          memberId={memberId}
          seqs={[...chosen.keys()]}
          points={points}
          onDone={() => {
            setChosen(new Map())
            setAsking(false)
          }}
          onCancel={() => setAsking(false)}
        />
      )}
    </Drawer>
  )
}

interface TakeBackProps {
  caseId: number
  memberId: number
  seqs: number[]
  points: number
  onDone: () => void
  onCancel: () => void
}

function TakeBack({ caseId, memberId, seqs, points: chosen, onDone, onCancel }: TakeBackProps) {
  const done = useDone()
  const take = useWrite('POST /admin/cases/:caseId/takings', { withId: true, changes: caseReadings })
  const points = figureNow(take.error, 'points', chosen)
  const confirm = (reason: string) =>
    take.send({ caseId, memberId, seqs, points, reason }, ({ text }) => {
      done(text)
      onDone()
    })
  return (
    <AskReason
      open
      danger
      title={`收回 ${seqs.length} 笔，共 ${countText(points)} 分`}
      okText="收回"
      placeholder="会员会收到通知并读到，例如：小票经核实为伪造"
      write={take}
      onConfirm={confirm}
      onCancel={onCancel}
    >
      <p className="soft">先从这几笔的积分里扣，不够时扣其他积分；已经花掉的部分按积分规则记为欠分或不再追回。</p>
    </AskReason>
  )
}

const columns = [
  { title: '时间', dataIndex: 'at', width: 150, render: (at: string) => <When at={at} /> },
  {
    title: '来源',
    render: (_: unknown, { kind, title }: Gift) => (
      <Space>
        <Mark>{entryKinds[kind]}</Mark>
        {title}
      </Space>
    ),
  },
  {
    title: '获得',
    dataIndex: 'delta',
    align: 'right' as const,
    width: 90,
    render: (points: number) => <Delta points={points} />,
  },
  {
    title: '可收回',
    align: 'right' as const,
    width: 110,
    render: (_: unknown, { left, takenBack }: Gift) =>
      takenBack ? <Mark tone="rust">已收回</Mark> : <span className="digits">{countText(left)}</span>,
  },
]
