import type { PolicyFault } from '@pointbook/shared/contract/points/policy'
import { Form, type FormItemProps } from 'antd'
import { createContext, useContext } from 'react'

export type FaultPath = (string | number)[]

interface Found {
  faults: PolicyFault[]
  /** The path in the policy at which this form begins; that of a rule's drawer is the rule. */
  base: FaultPath
}

/** The faults that the server found in the draft, shown at their fields. */
export const Faults = createContext<Found>({ faults: [], base: [] })

/** Faults at a field or below it, what forbids publishing first. */
export function faultsAt(faults: PolicyFault[], path: FaultPath) {
  const prefix = path.join('.')
  return faults
    .filter((fault) => fault.path === prefix || fault.path.startsWith(`${prefix}.`))
    .sort((a, b) => a.level.localeCompare(b.level))
}

/** The fault of a field; with `deep` also of what lies below it. */
export function useFault(path: FaultPath, deep = false): PolicyFault | undefined {
  const { faults, base } = useContext(Faults)
  const whole = [...base, ...path]
  return deep ? faultsAt(faults, whole)[0] : faults.find((fault) => fault.path === whole.join('.'))
}

interface Props extends Omit<FormItemProps, 'name'> {
  name: FaultPath
  /** The list that contains this field, when `name` is relative to a Form.List. */
  list?: FaultPath
  optional?: boolean
}

export function Field({ name, list = [], optional = false, children, ...rest }: Props) {
  const fault = useFault([...list, ...name], true)
  const status = fault && { validateStatus: fault.level, help: fault.text }
  const rules = [...(optional ? [] : [{ required: true, message: '还没有填' }]), rightNumber]
  return (
    <Form.Item name={name} rules={rules} required={false} {...status} {...rest}>
      {children}
    </Form.Item>
  )
}

/** A number input shows its own message; the form only waits for a valid value. */
const rightNumber = {
  validator: (_: unknown, value: unknown) =>
    Number.isNaN(value) ? Promise.reject(new Error('请改好这个数字')) : Promise.resolve(),
}

/** For fields with an object or an optional list: no part of it may be empty. */
export const whole = {
  validator: (_: unknown, value: unknown) =>
    (Array.isArray(value) ? value.some(hasHole) : hasHole(value))
      ? Promise.reject(new Error('还有空没填'))
      : Promise.resolve(),
}

/** The same for a part that may be left out. */
export const wholeOrNone = {
  validator: (rule: unknown, value: unknown) => (value === null ? Promise.resolve() : whole.validator(rule, value)),
}

export function hasHole(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || Number.isNaN(value)) return true
  if (Array.isArray(value)) return value.length === 0 || value.some(hasHole)
  return typeof value === 'object' && Object.values(value).some(hasHole)
}
