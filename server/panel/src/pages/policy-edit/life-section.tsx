import type { Life } from '@pointbook/shared/contract/policy'
import { lifeText } from '@pointbook/shared/policy-words/expiry'
import { Card, InputNumber, Radio, Select, Switch } from 'antd'
import { Field, whole } from './field.tsx'
import { WholeInput } from './inputs.tsx'

const hours = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ value: from + index, label: `${from + index} 点` }))

export function LifeSection() {
  return (
    <>
      <Card id="life" title="有效期与退货" className="editor-section">
        <Field
          name={['expiry', 'life']}
          label="积分有效期"
          rules={[whole]}
          extra="只影响之后获得的积分，已发放的积分到期日不变"
        >
          <ExpiryInput />
        </Field>
        <Field
          name={['pending', 'days']}
          label="消费得到的积分，几天后可用"
          extra="填 0 表示马上可用；可设为退货期，避免先花掉再退货"
        >
          <WholeInput unit="天后" max={90} />
        </Field>
        <Field name={['returns']} label="退货时，得到的积分已经花掉了怎么办">
          <Radio.Group
            options={[
              { value: 'debt', label: '记为欠分，以后获得的积分先抵还' },
              { value: 'clamp', label: '不再追回，只作记录' },
            ]}
          />
        </Field>
      </Card>
      <Card id="reminder" title="提醒与估值" className="editor-section">
        <div className="editor-row">
          <Field name={['reminder', 'enabled']} label="到期提醒" valuePropName="checked" optional>
            <Switch checkedChildren="开启" unCheckedChildren="关闭" />
          </Field>
          <Field name={['reminder', 'daysBefore']} label="提前">
            <WholeInput unit="天" min={1} max={60} />
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
        <Field name={['pointsPerYuan']} label="多少积分约合 ¥1" extra="用来估算会员手中积分的价值，不影响兑换">
          <WholeInput unit="分" min={1} max={1_000_000} />
        </Field>
      </Card>
    </>
  )
}

const expiries: { type: Life['type']; label: string; start: Life }[] = [
  { type: 'month-end', label: '按月底', start: { type: 'month-end', months: 12 } },
  { type: 'months', label: '按月数', start: { type: 'months', months: 12 } },
  { type: 'days', label: '按天数', start: { type: 'days', days: 365 } },
  { type: 'year-end', label: '按年底', start: { type: 'year-end', years: 1, graceMonths: 0 } },
  { type: 'never', label: '永久有效', start: { type: 'never' } },
]

/** The kind and its one number; the sentence below says what they come to. */
function ExpiryInput({ value, onChange }: { value?: Life; onChange?: (value: Life) => void }) {
  if (!value) return null
  const choose = (type: Life['type']) => onChange?.(expiries.find((one) => one.type === type)!.start)
  return (
    <div className="editor-line">
      <Select
        value={value.type}
        onChange={choose}
        options={expiries.map(({ type, label }) => ({ value: type, label }))}
        style={{ width: 120 }}
      />
      {value.type === 'days' && number(value.days, '天', 1, 3_660, (days) => onChange?.({ type: 'days', days }))}
      {value.type === 'months' && number(value.months, '个月', 1, 120, (months) => onChange?.({ ...value, months }))}
      {value.type === 'month-end' &&
        number(value.months, '个月后', 0, 120, (months) => onChange?.({ ...value, months }))}
      {value.type === 'year-end' && number(value.years, '年后', 0, 10, (years) => onChange?.({ ...value, years }))}
      <span className="soft">{lifeText(value)}</span>
    </div>
  )
}

// An emptied field keeps its last number: an expiry without one would mean nothing.
const number = (value: number, unit: string, min: number, max: number, onNumber: (value: number) => void) => (
  <InputNumber
    value={value}
    onChange={(next) => next !== null && onNumber(next)}
    min={min}
    max={max}
    precision={0}
    suffix={unit}
    style={{ width: 130 }}
  />
)
