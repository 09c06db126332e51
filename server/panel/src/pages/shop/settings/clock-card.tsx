import { FieldTimeOutlined } from '@ant-design/icons'
import { addDays } from '@pointbook/shared/day'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, App, Progress, Space } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { danger } from '../../../pieces/danger.ts'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { atMinute, dayAtShop } from '../../../pieces/when.tsx'

const journeyText = ({ expiredPoints, remindersSent, birthdays, tiersChanged }: Reply<'POST /admin/clock'>) =>
  [
    `期间到期 ${countText(expiredPoints)} 分`,
    `等级变动 ${countText(tiersChanged)} 人`,
    `送出生日礼 ${countText(birthdays)} 人`,
    `发出提醒 ${countText(remindersSent)} 条`,
  ].join('，')

/** In a demo the clock can be moved forward, to watch points expire and reminders being sent. It cannot be moved back. */
export function ClockCard() {
  const clock = useRead('GET /admin/clock', {}).data
  const [days, setDays] = useState<number | null>(7)
  const { modal } = App.useApp()
  const queries = useQueryClient()
  const travel = useWrite('POST /admin/clock', { withId: false, changes: [] })
  if (!clock?.demo) return null

  // The dialog closes at once: the progress of a long journey shows on the page.
  const go = () => {
    travel.send({ days: days ?? 1 }, () => queries.invalidateQueries())
  }
  const ask = () =>
    modal.confirm({
      title: `把时间拨快 ${days} 天？`,
      content: '期间每天的到期、等级、生日、提醒都会真的执行一遍，而且不能拨回来。只影响这个演示环境。',
      okText: '拨快',
      ...danger,
      cancelText: '再想想',
      onOk: go,
    })
  return (
    <Card title="演示时钟" extra={<span className="soft">仅演示环境有</span>}>
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 16 }}
        title="时间只能往前拨，不能拨回来"
        description="拨快后，积分会照规则到期，等级和生日会照常结算，提醒会照常发出，会员码和登录也可能过期。"
      />
      <p>
        店内时间 <strong className="digits">{atMinute(clock.now)}</strong>
        {clock.aheadDays > 0 && <span className="soft">（比真实时间快 {clock.aheadDays} 天）</span>}
      </p>
      <Space>
        往前
        <NumberInput
          value={days}
          onChange={setDays}
          min={1}
          max={400}
          suffix="天"
          style={{ width: 120 }}
          aria-label="往前拨几天"
        />
        <span className="soft digits">到 {addDays(dayAtShop(clock.now), days || 0)}</span>
        <Act
          op="POST /admin/clock"
          icon={<FieldTimeOutlined />}
          disabled={!days}
          loading={travel.isPending}
          onClick={ask}
        >
          拨快
        </Act>
      </Space>
      {travel.isPending && (
        <>
          <Progress percent={100} status="active" showInfo={false} aria-label="正在拨快" />
          <span className="soft">正在一天一天地过…</span>
        </>
      )}
      {travel.data && !travel.isPending && (
        <Alert
          type="success"
          showIcon
          style={{ marginTop: 16 }}
          title={`到了 ${atMinute(travel.data.now)}`}
          description={journeyText(travel.data)}
        />
      )}
      <RefusalAlert error={travel.error} />
    </Card>
  )
}
