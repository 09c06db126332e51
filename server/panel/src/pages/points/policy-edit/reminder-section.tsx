import { Select, Switch } from 'antd'
import { Card } from '../../../pieces/card.tsx'
import { Field } from './field.tsx'
import { WholeInput } from './inputs.tsx'

const hours = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ value: from + index, label: `${from + index} 点` }))

export function ReminderSection() {
  return (
    <Card id="reminder" title="提醒与估值" className="editor-section">
      <div className="editor-row">
        <Field name={['reminder', 'enabled']} label="到期提醒" valuePropName="checked" optional>
          <Switch checkedChildren="开启" unCheckedChildren="关闭" />
        </Field>
        <Field name={['reminder', 'daysBefore']} label="提前">
          <WholeInput unit="天" min={1} max={60} width={110} />
        </Field>
        <Field name={['reminder', 'minimumPoints']} label="至少到期多少才提醒">
          <WholeInput unit="分" />
        </Field>
        <Field name={['reminder', 'fromHour']} label="发送时段，从">
          <Select options={hours(0, 23)} style={{ width: 92 }} />
        </Field>
        <Field name={['reminder', 'untilHour']} label="到">
          <Select options={hours(1, 24)} style={{ width: 92 }} />
        </Field>
      </div>
      <Field name={['pointsPerYuan']} label="多少积分约合 ¥1" extra="用来估算会员手中积分的价值，不影响兑换和抵现">
        <WholeInput unit="分" min={1} max={1_000_000} />
      </Field>
    </Card>
  )
}
