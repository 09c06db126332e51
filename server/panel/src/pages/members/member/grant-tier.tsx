import { addMonths } from '@pointbook/shared/day'
import { Form, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { shopNow } from '../../../layout/use-shop.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { DayPicker } from '../../../pieces/day-picker.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

interface Props {
  member: Member
  granted: Reply<'GET /admin/members/:memberId/tier'>['granted']
  open: boolean
  onClose: () => void
}

const DAY = 'YYYY-MM-DD'
const inAYear = () => dayjs(addMonths(shopNow().today, 12))

/** A tier until a day, as for a paid membership. */
export function GrantTier({ member, granted, open, onClose }: Props) {
  const [tierId, setTierId] = useState<string>()
  const [until, setUntil] = useState<Dayjs | null>(inAYear)
  const done = useDone()
  const policy = useRead('GET /admin/policy', {}, { enabled: open })
  const grant = useWrite('POST /admin/members/:memberId/tier', {
    withId: true,
    changes: ['GET /admin/members/:memberId', 'GET /admin/members/:memberId/tier', 'POST /admin/members/search'],
  })
  const levels = policy.data?.inForce.tiers.levels ?? []
  const close = () => {
    grant.reset()
    setTierId(undefined)
    setUntil(inAYear())
    onClose()
  }
  const confirm = (reason: string) => {
    if (!tierId || !until) return
    const wish = { memberId: member.memberId, tierId, until: until.format(DAY), reason }
    grant.send(wish, ({ tierName, until: last }) => {
      done(`已授予${tierName}，到 ${last}`)
      close()
    })
  }
  return (
    <AskReason
      open={open}
      title={`授予「${member.nickname}」会员等级`}
      okText="授予等级"
      disabled={!tierId || !until}
      placeholder="会员在消息里能看到，例如：购买年度会员"
      write={grant}
      besides={[tierId, until?.format(DAY)]}
      onConfirm={confirm}
      onCancel={close}
    >
      <div style={{ display: 'flex', gap: 16 }}>
        <Form.Item label="等级" htmlFor="granted-tier" layout="vertical" style={{ flex: 1, marginBottom: 12 }}>
          <Select
            id="granted-tier"
            value={tierId}
            onChange={setTierId}
            placeholder="选择等级"
            options={levels.map(({ id, name }) => ({ value: id, label: name }))}
            notFoundContent="规则里还没有等级"
          />
        </Form.Item>
        <Form.Item label="最后一天" htmlFor="granted-until" layout="vertical" style={{ flex: 1, marginBottom: 12 }}>
          <DayPicker
            id="granted-until"
            value={until}
            onChange={setUntil}
            disabledDate={(day) => day.format(DAY) < shopNow().today}
            style={{ width: '100%' }}
          />
        </Form.Item>
      </div>
      <p className="soft small">
        到最后一天为止，会员享有这个等级的全部权益；之后自动回到按规则达到的等级。
        {granted && `现在授予的「${granted.name}」会由它代替。`}
      </p>
    </AskReason>
  )
}
