import { Form } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import { shopNow } from '../../../layout/use-shop.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { DayPicker } from '../../../pieces/day-picker.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

interface Props {
  member: Member
  open: boolean
  onClose: () => void
}

const DAY = 'YYYY-MM-DD'

/** Extends points that expire soon, as a favour. Shows their number before confirmation. */
export function Extend({ member, open, onClose }: Props) {
  const [endingBy, setEndingBy] = useState<Dayjs | null>(null)
  const [expiresOn, setExpiresOn] = useState<Dayjs | null>(null)
  const done = useDone()
  const extend = useWrite('POST /admin/members/:memberId/extensions', {
    withId: true,
    changes: ['GET /admin/members/:memberId', 'GET /admin/members/:memberId/entries'],
  })
  const [by, until] = [endingBy?.format(DAY) ?? '', expiresOn?.format(DAY) ?? '']
  const duePoints = member.lots
    .filter((lot) => lot.expiresOn !== null && lot.expiresOn <= by && lot.expiresOn < until)
    .reduce((sum, { remaining }) => sum + remaining, 0)
  const close = () => {
    extend.reset()
    setEndingBy(null)
    setExpiresOn(null)
    onClose()
  }
  const confirm = (reason: string) => {
    const onDone = ({ points }: { points: number }) => {
      done(`${countText(points)} 分延期到 ${until}`)
      close()
    }
    extend.send({ memberId: member.memberId, endingBy: by, expiresOn: until, points: duePoints, reason }, onDone)
  }
  return (
    <AskReason
      open={open}
      title={`延长「${member.nickname}」的积分有效期`}
      okText={duePoints > 0 ? `延长 ${countText(duePoints)} 分` : '延长有效期'}
      disabled={duePoints === 0}
      placeholder="会员在积分明细里能看到，例如：门店装修停业一个月"
      write={extend}
      besides={[by, until]}
      onConfirm={confirm}
      onCancel={close}
    >
      <div style={{ display: 'flex', gap: 16 }}>
        <Form.Item
          label="到期日在这天或更早的"
          htmlFor="ending-by"
          layout="vertical"
          style={{ flex: 1, marginBottom: 12 }}
        >
          <DayPicker id="ending-by" value={endingBy} onChange={setEndingBy} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item label="延长到" htmlFor="expires-on" layout="vertical" style={{ flex: 1, marginBottom: 12 }}>
          <DayPicker
            id="expires-on"
            value={expiresOn}
            onChange={setExpiresOn}
            disabledDate={(day) => day.format(DAY) <= shopNow().today}
            style={{ width: '100%' }}
          />
        </Form.Item>
      </div>
      {by && until && (
        <p className="soft small">
          {duePoints > 0 ? `共 ${countText(duePoints)} 分会延期到 ${until}，其余积分不变。` : '没有积分会因此延期。'}
        </p>
      )}
    </AskReason>
  )
}
