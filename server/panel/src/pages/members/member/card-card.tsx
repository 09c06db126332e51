import { cleanDigits } from '@pointbook/shared/digits'
import { App, Button, Form, Input, Space } from 'antd'
import { useState } from 'react'
import type { Operation, Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { useShop } from '../../../layout/use-shop.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { grouped } from '../../../pieces/numbers.ts'
import { RefusalAlert, sayError } from '../../../pieces/refusal-alert.tsx'
import { typedAs } from '../../../pieces/typed-as.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import { When } from '../../../pieces/when.tsx'
import type { Member } from './types.ts'

type CardRow = Reply<'GET /admin/members/:memberId/cards'>['rows'][number]

const states = {
  blank: ['未发放', 'plain'],
  active: ['使用中', 'green'],
  lost: ['已挂失', 'rust'],
  replaced: ['已作废', 'plain'],
} as const

const changes: Operation[] = [
  'GET /admin/members/:memberId/cards',
  'GET /admin/members/:memberId',
  'GET /admin/card-batches',
]

/** The member's physical cards; nothing where the shop has none. */
export function CardCard({ member: { memberId, standing } }: { member: Member }) {
  const shop = useShop()
  const { data } = useRead('GET /admin/members/:memberId/cards', { memberId })
  if (!data || (!shop?.cards && data.rows.length === 0)) return null
  const present = data.rows.find(({ state }) => state === 'active' || state === 'lost')
  const past = data.rows.filter((card) => card !== present)
  const mayChange = shop?.cards && standing !== 'cancelled'
  return (
    <Card title="会员卡" size="small">
      {present ? <Row card={present} /> : <div className="soft">还没有会员卡</div>}
      {mayChange && <Actions memberId={memberId} present={present} />}
      {past.map((card) => (
        <Row key={card.cardNo} card={card} />
      ))}
    </Card>
  )
}

function Row({ card: { cardNo, state, issuedAt, endedAt } }: { card: CardRow }) {
  const [text, tone] = states[state]
  return (
    <div style={{ padding: '5px 0' }}>
      <Space>
        <span className={state === 'replaced' ? 'digits soft' : 'digits'}>{grouped(cardNo)}</span>
        <Mark tone={tone}>{text}</Mark>
      </Space>
      <div className="soft small">
        <When at={issuedAt} /> 发卡
        {endedAt && (
          <>
            　<When at={endedAt} /> {state === 'lost' ? '挂失' : '作废'}
          </>
        )}
      </div>
    </div>
  )
}

function Actions({ memberId, present }: { memberId: number; present: CardRow | undefined }) {
  const [giving, setGiving] = useState(false)
  const { message } = App.useApp()
  const done = useDone()
  const report = useWrite('POST /admin/members/:memberId/cards/loss', { withId: false, changes })
  const isLost = present?.state === 'lost'
  const tell = async () => {
    try {
      await report.mutateAsync({ memberId, lost: !isLost })
      done(isLost ? '已解除挂失，这张卡又能用了' : '已挂失，收银台不再接受这张卡')
    } catch (error) {
      message.error(sayError(error))
    }
  }
  if (giving) return <Give memberId={memberId} present={present} onClose={() => setGiving(false)} />
  return (
    <Space style={{ marginTop: 8 }}>
      <Act op="POST /admin/members/:memberId/cards" size="small" onClick={() => setGiving(true)}>
        {present ? '补办' : '发卡'}
      </Act>
      {present && (
        <Act
          op="POST /admin/members/:memberId/cards/loss"
          size="small"
          danger={!isLost}
          loading={report.isPending}
          onClick={tell}
        >
          {isLost ? '解除挂失' : '挂失'}
        </Act>
      )}
    </Space>
  )
}

function Give({ memberId, present, onClose }: { memberId: number; present: CardRow | undefined; onClose: () => void }) {
  const done = useDone()
  const give = useWrite('POST /admin/members/:memberId/cards', { withId: false, changes })
  const send = ({ cardNo }: { cardNo: string }) =>
    give.send({ memberId, cardNo }, () => {
      done(present ? '已补办，原卡作废，积分不变' : '已发卡')
      onClose()
    })
  return (
    <Form layout="vertical" onFinish={send} style={{ marginTop: 8 }}>
      <Form.Item
        name="cardNo"
        label="新卡卡号"
        extra={present ? '原卡随即作废，积分不受影响' : '扫描或输入卡面上的 12 位数字'}
        rules={[typedAs(cleanDigits, /^6\d{11}$/, '卡号是 6 开头的 12 位数字')]}
        style={{ marginBottom: 8 }}
      >
        <Input autoFocus maxLength={40} placeholder="6000 0000 0000" className="digits" />
      </Form.Item>
      <RefusalAlert error={give.error} />
      <Space>
        <Button type="primary" size="small" htmlType="submit" loading={give.isPending}>
          {present ? '补办' : '发卡'}
        </Button>
        <Button size="small" onClick={onClose}>
          取消
        </Button>
      </Space>
    </Form>
  )
}
