import type { Fields, NumberField, PolicyField } from '@pointbook/shared/policy-fields/field'
import { Checkbox, Input, Radio, Select, Switch } from 'antd'
import { Fragment } from 'react'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { optionsOf } from '../../../pieces/options.ts'

interface Props<F extends PolicyField = PolicyField> {
  of: F
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
  /** Has its own label when the form shows none beside it. */
  named?: boolean
}

/** The input of a declared field. The form holds the policy's own units; what is shown and typed is yuan, multiples and percent. */
export function FieldInput({ of, value, onChange, named = false, ...rest }: Props) {
  const current = value === undefined ? of.missing : value
  const label = named ? { 'aria-label': of.label } : {}
  const width = of.width === undefined ? {} : { style: { width: of.width } }
  switch (of.kind) {
    case 'choice':
      return <ChoiceInput of={of} value={current} onChange={onChange} named={named} {...rest} />
    case 'switch':
      return (
        <Switch
          {...rest}
          checked={current === true}
          onChange={onChange}
          checkedChildren="开启"
          unCheckedChildren="关闭"
        />
      )
    case 'checkbox':
      return (
        <Checkbox {...rest} checked={current === true} onChange={({ target }) => onChange?.(target.checked)}>
          {of.label}
        </Checkbox>
      )
    case 'name':
    case 'text':
      return (
        <Input
          {...rest}
          {...label}
          {...width}
          value={current as string}
          onChange={({ target }) => onChange?.(target.value)}
          maxLength={of.longest}
          placeholder={of.placeholder}
        />
      )
    default:
      return <NumberOf of={of} value={current as number | null} onChange={onChange} label={label} {...rest} />
  }
}

function ChoiceInput({ of, named, value, onChange, ...rest }: Props<Extract<PolicyField, { kind: 'choice' }>>) {
  const options = optionsOf(of.choices)
  if (of.look === 'select')
    return (
      <Select
        {...rest}
        {...(named ? { 'aria-label': of.label } : {})}
        value={value}
        onChange={onChange}
        options={options}
        style={{ width: of.width ?? 150 }}
      />
    )
  return (
    <Radio.Group
      {...rest}
      aria-label={of.label}
      value={value}
      onChange={({ target }) => onChange?.(target.value)}
      options={options}
      {...(of.look === 'buttons' ? { optionType: 'button' } : {})}
    />
  )
}

/** The number of policy units per typed unit, and the text around the input. */
const scales = {
  fen: { scale: 100, precision: 2, prefix: '¥', width: 140 },
  percent: { scale: 100, precision: 2, suffix: '%', width: 120 },
  times: { scale: 10_000, precision: 2, step: 0.1, prefix: '×', width: 110 },
}

interface NumberProps {
  of: NumberField
  id?: string
  value?: number | null | undefined
  onChange?: ((value: number | null) => void) | undefined
  label: { 'aria-label'?: string }
}

function NumberOf({ of, value, onChange, label, ...rest }: NumberProps) {
  const { kind, least, most } = of
  if (kind === 'hour')
    return (
      <Select
        {...rest}
        {...label}
        value={value}
        onChange={onChange}
        options={hours(least, most)}
        style={{ width: 92 }}
      />
    )
  if (kind === 'whole')
    return (
      <NumberInput
        {...rest}
        {...label}
        value={value}
        onChange={onChange}
        min={least}
        max={most}
        suffix={of.unit}
        placeholder={of.orNone}
        style={{ width: of.width ?? 150 }}
      />
    )
  const { scale, width, ...shown } = scales[kind]
  return (
    <NumberInput
      {...rest}
      {...label}
      {...shown}
      value={value == null ? null : value / scale}
      onChange={(typed) => onChange?.(typed == null ? null : Math.round(typed * scale))}
      min={least / scale}
      max={most / scale}
      style={{ width: of.width ?? width }}
    />
  )
}

const hours = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ value: from + index, label: `${from + index} 点` }))

interface InlineProps<T> {
  of: Fields
  value: T
  onChange: (value: T) => void
}

/** The inputs of fields that form a sentence, with the words around them. */
export function InlineInputs<T extends object>({ of, value, onChange }: InlineProps<T>) {
  const values = value as Record<string, unknown>
  return Object.entries(of).map(([key, field]) => (
    <Fragment key={key}>
      {field.before}
      {/* While a value is retyped the input is empty for a moment. The form holds null then and refuses to save. */}
      <FieldInput of={field} named value={values[key]} onChange={(next) => onChange({ ...value, [key]: next })} />
      {field.after}
    </Fragment>
  ))
}
