import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Fields, PolicyField } from '@pointbook/shared/policy-fields/field'
import type { Line } from '@pointbook/shared/policy-fields/lines'
import { partAt } from '@pointbook/shared/policy-fields/parts'
import { Form, type FormItemProps } from 'antd'
import type { ReactNode } from 'react'
import { lineText } from '../policy/facts.ts'
import { type FaultPath, Field, hasHole } from './field.tsx'
import { FieldInput } from './field-input.tsx'

interface Props extends Omit<FormItemProps, 'name'> {
  of: PolicyField
  at: FaultPath
  /** The list that contains this field, when `at` is relative to a Form.List. */
  list?: FaultPath
  /** In a line of several inputs: the name is read aloud only. */
  inline?: boolean
}

/** A declared field in the form: its label, its input and what explains it. */
export function FieldItem({ of, at, inline = false, children, ...rest }: Props) {
  const { kind, label, extra, tooltip } = of
  const optional = kind === 'switch' || kind === 'checkbox' || kind === 'text' || of.missing !== undefined
  const isLabelled = !inline && kind !== 'checkbox'
  return (
    <Field
      name={at}
      optional={optional || 'orNone' in of}
      {...(isLabelled ? { label } : {})}
      {...(extra ? { extra } : {})}
      {...(tooltip ? { tooltip } : {})}
      {...rest}
    >
      {children ?? <FieldInput of={of} named={inline} />}
    </Field>
  )
}

interface RowsProps {
  of: Fields
  /** Path of the part that holds the fields. */
  at: string[]
  /** Inputs that do more than the declared one, by field. */
  inputs?: Record<string, ReactNode>
}

/** All declared fields of a part, in rows. A new field appears without a change here. */
export function FieldRows({ of, at, inputs = {} }: RowsProps) {
  const form = Form.useFormInstance<Policy>()
  const values = Form.useWatch((policy: Policy) => partAt(policy, at), { form, preserve: true }) as
    | Record<string, unknown>
    | undefined
  const isShown = ({ onlyIf = {} }: PolicyField) =>
    Object.entries(onlyIf).every(([other, wanted]) => wanted.includes(String(values?.[other])))
  return rowsOf(of).map((row) => {
    const fields = row.filter(([, field]) => isShown(field))
    const shown = fields.map(([key, field]) => (
      <FieldItem
        key={key}
        of={field}
        at={[...at, key]}
        {...(field.saysLine ? { extra: <LineSentence line={field.line} of={of} at={at} /> } : {})}
      >
        {inputs[key]}
      </FieldItem>
    ))
    return row.length > 1 ? (
      <div key={row[0]![0]} className="editor-row">
        {shown}
      </div>
    ) : (
      shown
    )
  })
}

type Row = [key: string, field: PolicyField][]

function rowsOf(fields: Fields): Row[] {
  const rows: Row[] = []
  for (const entry of Object.entries(fields)) {
    if (rows.length === 0 || entry[1].newRow) rows.push([])
    rows.at(-1)!.push(entry)
  }
  return rows
}

interface LineSentenceProps {
  line: Line
  of: Fields
  at: string[]
}

/** The sentence of a line, once all its fields are filled. */
export function LineSentence({ line, of, at }: LineSentenceProps) {
  const form = Form.useFormInstance<Policy>()
  const sentence = (policy: Policy) => {
    const values = partAt(policy, at) as Record<string, unknown>
    const isOpen = Object.entries(of).some(
      ([key, field]) => field.line === line && hasHole(values[key] ?? field.missing),
    )
    return isOpen ? '' : lineText(policy, line)
  }
  return Form.useWatch(sentence, { form, preserve: true }) ?? null
}
