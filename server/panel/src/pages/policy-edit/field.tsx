import type { PolicyFault } from '@pointbook/shared/contract/policy'
import { Form, type FormItemProps } from 'antd'
import { createContext, useContext } from 'react'

type Path = (string | number)[]

interface Found {
  faults: PolicyFault[]
  /** Where in the policy this form begins: a rule's drawer begins at its rule. */
  base: Path
}

/** What the server found wrong with the draft, so that each field can say its own part. */
export const Faults = createContext<Found>({ faults: [], base: [] })

/** Faults at a field or below it. */
export function faultsAt(faults: PolicyFault[], path: Path) {
  const prefix = path.join('.')
  return faults.filter((fault) => fault.path === prefix || fault.path.startsWith(`${prefix}.`))
}

interface Props extends Omit<FormItemProps, 'name'> {
  name: Path
  /** The list this field stands in, where `name` is relative to a Form.List. */
  list?: Path
  optional?: boolean
}

export function Field({ name, list = [], optional = false, children, ...rest }: Props) {
  const { faults, base } = useContext(Faults)
  const [fault] = faultsAt(faults, [...base, ...list, ...name])
  const status = fault && { validateStatus: fault.level, help: fault.text }
  const rules = optional ? [] : [{ required: true, message: '还没有填' }]
  return (
    <Form.Item name={name} rules={rules} required={false} {...status} {...rest}>
      {children}
    </Form.Item>
  )
}

/** For fields that hold a whole object: nothing in it may be left open. */
export const whole = {
  validator: (_: unknown, value: unknown) =>
    hasHole(value) ? Promise.reject(new Error('还有空没填')) : Promise.resolve(),
}

function hasHole(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (Array.isArray(value)) return value.length === 0 || value.some(hasHole)
  return typeof value === 'object' && Object.values(value).some(hasHole)
}
