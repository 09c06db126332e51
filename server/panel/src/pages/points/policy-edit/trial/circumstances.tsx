import type { Policy } from '@pointbook/shared/contract/points/policy'
import { channels, payments } from '@pointbook/shared/words'
import { Select, type SelectProps } from 'antd'
import { type ReactNode, useContext } from 'react'
import { useStores } from '../../../../api/use-stores.ts'
import { NumberInput } from '../../../../pieces/number-input.tsx'
import { optionsOf } from '../../../../pieces/options.ts'
import { ClockInput, DayInput, NamesInput } from '../inputs.tsx'
import { Known } from '../known.ts'
import type { Example } from './example.ts'

interface Props {
  example: Example
  put: (change: Partial<Example>) => void
}

const birthdays: Record<Example['birthday'], string> = { none: '不在生日月', today: '今天生日', month: '本月生日' }

const anyOf = { allowClear: true, placeholder: '不指定' }

export function MemberFields({ example, put, levels }: Props & { levels: Policy['tiers']['levels'] }) {
  const known = useContext(Known)
  return (
    <>
      <div className="trial-row">
        <Choice
          label="等级"
          value={example.tierId}
          options={[{ value: '', label: '没有等级' }, ...levels.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(tierId) => put({ tierId })}
        />
        <Choice
          label="生日"
          value={example.birthday}
          options={optionsOf(birthdays)}
          onChange={(birthday) => put({ birthday })}
        />
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

export function PaidFields({ example, put }: Props) {
  const { stores } = useStores()
  return (
    <div className="trial-row">
      <Choice
        {...anyOf}
        label="门店"
        value={example.storeId}
        options={stores.map(({ storeId, name }) => ({ value: storeId, label: name }))}
        onChange={(storeId) => put({ storeId })}
      />
      <Choice
        {...anyOf}
        label="渠道"
        value={example.channel}
        options={optionsOf(channels)}
        onChange={(channel) => put({ channel })}
      />
      <Choice
        {...anyOf}
        label="支付方式"
        value={example.payment}
        options={optionsOf(payments)}
        onChange={(payment) => put({ payment })}
      />
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

function Choice<T extends string | number>({ label, ...select }: SelectProps<T> & { label: string }) {
  return (
    <Labelled label={label}>
      <Select aria-label={label} {...select} />
    </Labelled>
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
