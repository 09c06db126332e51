import type { Fact } from '@pointbook/shared/contract/points/earning-rule'
import { factFields } from '@pointbook/shared/policy-fields/earning-rule'
import { channels, payments, weekdays } from '@pointbook/shared/words'
import { Select } from 'antd'
import { useContext } from 'react'
import { useStores } from '../../../../api/use-stores.ts'
import { useTags } from '../../../../api/use-tags.ts'
import { optionsOf } from '../../../../pieces/options.ts'
import { InlineInputs } from '../field-input.tsx'
import { Choose, ClockInput, DayInput, NamesInput } from '../inputs.tsx'
import { Known } from '../known.ts'

interface Props<F extends Fact = Fact> {
  fact: F
  onChange: (fact: Fact) => void
}

// A field is empty for a moment while it is retyped; the form has null then and refuses to save.
const filled = (value: number | null) => value as number

/** The input of a fact, beside its name. */
export function FactInput({ fact, onChange }: Props) {
  const known = useContext(Known)
  const { stores } = useStores()
  switch (fact.type) {
    case 'first-purchase':
      return null
    case 'amount-at-least':
    case 'amount-below':
      return (
        <InlineInputs
          of={{ amountFen: { ...factFields[fact.type].amountFen, least: 1 } }}
          value={fact}
          onChange={onChange}
        />
      )
    case 'nth-purchase':
      return <NthInput fact={fact} onChange={onChange} />
    case 'tier':
      return (
        <Choose
          values={fact.tierIds}
          options={known.tiers}
          onChange={(tierIds) => onChange({ ...fact, tierIds })}
          placeholder="哪些等级"
        />
      )
    case 'tag':
      return <TagInput fact={fact} onChange={onChange} />
    case 'store':
      return (
        <Choose
          values={fact.storeIds}
          options={stores.map(({ storeId, name }) => ({ value: storeId, label: name }))}
          onChange={(storeIds) => onChange({ ...fact, storeIds })}
          placeholder="哪些门店"
        />
      )
    case 'channel':
      return (
        <Choose
          values={fact.channels}
          options={optionsOf(channels)}
          onChange={(chosen) => onChange({ ...fact, channels: chosen })}
          placeholder="哪些渠道"
        />
      )
    case 'payment':
      return (
        <Choose
          values={fact.methods}
          options={optionsOf(payments)}
          onChange={(methods) => onChange({ ...fact, methods })}
          placeholder="哪些支付方式"
        />
      )
    default:
      return <TimeInput fact={fact} onChange={onChange} />
  }
}

function TagInput({ fact, onChange }: Props<Extract<Fact, { type: 'tag' }>>) {
  const known = useContext(Known)
  const { nobodyHas } = useTags()
  const unused = fact.tags.filter(nobodyHas)
  return (
    <div className="condition-tags">
      <NamesInput
        value={fact.tags}
        known={known.tags}
        onChange={(tags) => onChange({ ...fact, tags: tags ?? [] })}
        placeholder="有其中任何一个标签，输入后按回车"
        maxLength={20}
        label="会员标签"
      />
      {unused.length > 0 && <div className="doubt small">还没有会员有标签{unused.map((tag) => `「${tag}」`)}</div>}
    </div>
  )
}

const dayOptions = Array.from({ length: 31 }, (_, index) => ({ value: index + 1, label: `${index + 1} 日` }))
const weekdayOptions = weekdays.flatMap((label, day) => (label ? [{ value: day, label }] : []))

const birthdays = [
  { value: 'day' as const, label: '生日当天' },
  { value: 'week' as const, label: '生日前后三天' },
  { value: 'month' as const, label: '生日当月' },
]

type When = Extract<Fact, { type: 'weekday' | 'month-day' | 'hours' | 'dates' | 'birthday' | 'member-for' }>

function TimeInput({ fact, onChange }: Props<When>) {
  switch (fact.type) {
    case 'weekday':
      return (
        <Choose
          values={fact.days}
          options={weekdayOptions}
          onChange={(days) => onChange({ ...fact, days })}
          placeholder="星期几"
        />
      )
    case 'month-day':
      return (
        <Choose
          values={fact.days}
          options={dayOptions}
          onChange={(days) => onChange({ ...fact, days })}
          placeholder="几号"
        />
      )
    case 'hours':
      return (
        <>
          <ClockInput
            value={fact.fromMinute}
            onChange={(minute) => onChange({ ...fact, fromMinute: filled(minute) })}
          />
          到
          <ClockInput
            end
            value={fact.untilMinute}
            onChange={(minute) => onChange({ ...fact, untilMinute: filled(minute) })}
          />
          {fact.untilMinute < fact.fromMinute && <span className="soft">（次日）</span>}
        </>
      )
    case 'dates':
      return (
        <>
          <DayInput
            value={fact.from}
            onChange={(from) => onChange({ ...fact, from: from ?? '' })}
            placeholder="从"
            label="从哪天"
          />
          到
          <DayInput
            value={fact.until}
            onChange={(until) => onChange({ ...fact, until: until ?? '' })}
            placeholder="到（含）"
            label="到哪天"
          />
        </>
      )
    case 'birthday':
      return (
        <Select
          value={fact.within}
          options={birthdays}
          aria-label="离生日多近"
          onChange={(within) => onChange({ ...fact, within })}
          style={{ width: 150 }}
        />
      )
    case 'member-for':
      return <InlineInputs of={factFields['member-for']} value={fact} onChange={onChange} />
  }
}

const ordinals = [
  { value: false, label: '只有第' },
  { value: true, label: '每到第' },
]

function NthInput({ fact, onChange }: Props<Extract<Fact, { type: 'nth-purchase' }>>) {
  return (
    <>
      <Select
        value={fact.every}
        options={ordinals}
        aria-label="一次还是每次"
        onChange={(every) => onChange({ ...fact, every })}
        style={{ width: 96 }}
      />
      <InlineInputs of={factFields['nth-purchase']} value={fact} onChange={onChange} />
      {fact.every && fact.n > 1 && (
        <span className="soft nowrap">
          {fact.n}、{fact.n * 2}、{fact.n * 3}…
        </span>
      )}
    </>
  )
}
