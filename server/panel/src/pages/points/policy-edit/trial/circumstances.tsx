import type { Policy } from '@pointbook/shared/contract/points/policy'
import { channels, payments } from '@pointbook/shared/words'
import { Select } from 'antd'
import { type ReactNode, useContext } from 'react'
import { useStores } from '../../../../api/use-stores.ts'
import { NumberInput } from '../../../../pieces/number-input.tsx'
import { ClockInput, DayInput, NamesInput } from '../inputs.tsx'
import { Known } from '../known.ts'
import type { Example } from './example.ts'

interface Props {
  example: Example
  put: (change: Partial<Example>) => void
}

const birthdays: { value: Example['birthday']; label: string }[] = [
  { value: 'none', label: '不在生日月' },
  { value: 'today', label: '今天生日' },
  { value: 'month', label: '本月生日' },
]

export function MemberFields({ example, put, levels }: Props & { levels: Policy['tiers']['levels'] }) {
  const known = useContext(Known)
  return (
    <>
      <div className="trial-row">
        <Labelled label="等级">
          <Select
            aria-label="等级"
            value={example.tierId}
            onChange={(tierId) => put({ tierId })}
            options={[{ value: '', label: '没有等级' }, ...levels.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </Labelled>
        <Labelled label="生日">
          <Select
            aria-label="生日"
            value={example.birthday}
            onChange={(birthday) => put({ birthday })}
            options={birthdays}
          />
        </Labelled>
        {example.trigger === 'purchase' && (
          <Count label="第几次消费" value={example.nth} min={1} unit="次" onChange={(nth) => put({ nth })} />
        )}
        {example.trigger === 'check-in' && (
          <Count
            label="连续签到第几天"
            value={example.streakDays}
            min={1}
            max={366}
            unit="天"
            onChange={(streakDays) => put({ streakDays })}
          />
        )}
        <Count
          label="入会多久"
          value={example.memberDays}
          min={0}
          unit="天"
          onChange={(memberDays) => put({ memberDays })}
        />
      </div>
      <Labelled label="标签">
        <NamesInput
          value={example.tags}
          onChange={(tags) => put({ tags: tags ?? [] })}
          known={known.tags}
          placeholder="没有标签"
          maxLength={20}
          label="标签"
        />
      </Labelled>
    </>
  )
}

export function WhenFields({ example, put }: Props) {
  return (
    <div className="trial-row">
      <Labelled label="日期">
        <DayInput value={example.on} onChange={(on) => put({ on })} placeholder="今天" width="100%" label="日期" />
      </Labelled>
      <Labelled label="时间">
        <ClockInput value={example.minute} onChange={(minute) => put({ minute })} width="100%" label="时间" />
      </Labelled>
    </div>
  )
}

const optionsOf = <K extends string>(names: Record<K, string>) =>
  (Object.entries(names) as [K, string][]).map(([value, label]) => ({ value, label }))

export function PaidFields({ example, put }: Props) {
  const { stores } = useStores()
  return (
    <div className="trial-row">
      <Labelled label="门店">
        <Select
          aria-label="门店"
          allowClear
          placeholder="不指定"
          value={example.storeId}
          options={stores.map(({ storeId, name }) => ({ value: storeId, label: name }))}
          onChange={(storeId) => put({ storeId })}
        />
      </Labelled>
      <Labelled label="渠道">
        <Select
          aria-label="渠道"
          allowClear
          placeholder="不指定"
          value={example.channel}
          options={optionsOf(channels)}
          onChange={(channel) => put({ channel })}
        />
      </Labelled>
      <Labelled label="支付方式">
        <Select
          aria-label="支付方式"
          allowClear
          placeholder="不指定"
          value={example.payment}
          options={optionsOf(payments)}
          onChange={(payment) => put({ payment })}
        />
      </Labelled>
      <Money label="优惠券抵扣" value={example.couponYuan} onChange={(couponYuan) => put({ couponYuan })} />
      <Money label="积分抵扣" value={example.pointsYuan} onChange={(pointsYuan) => put({ pointsYuan })} />
      <Money label="储值支付" value={example.storedYuan} onChange={(storedYuan) => put({ storedYuan })} />
    </div>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="trial-field">
      <span className="soft small">{label}</span>
      {children}
    </div>
  )
}

interface CountProps {
  label: string
  value: number
  onChange: (value: number) => void
  unit: string
  min: number
  max?: number
}

function Count({ label, value, onChange, unit, min, max = 10_000 }: CountProps) {
  return (
    <Labelled label={label}>
      <NumberInput
        value={value}
        onChange={(next) => onChange(next ?? min)}
        min={min}
        max={max}
        suffix={unit}
        style={{ width: '100%' }}
        aria-label={label}
      />
    </Labelled>
  )
}

function Money({ label, value, onChange }: Pick<CountProps, 'label' | 'value' | 'onChange'>) {
  return (
    <Labelled label={label}>
      <NumberInput
        value={value}
        onChange={(next) => onChange(next ?? 0)}
        min={0}
        max={100_000}
        precision={2}
        prefix="¥"
        style={{ width: '100%' }}
        aria-label={label}
      />
    </Labelled>
  )
}
