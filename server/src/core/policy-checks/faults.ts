import type { PolicyFault } from '@pointbook/shared/contract/points/policy'

export type Fault = PolicyFault

export const fault = (level: Fault['level'], path: string, text: string): Fault => ({ path, level, text })

/** Places of the values that occurred before. */
export const firstTwins = (values: readonly (string | number)[]): number[] =>
  values.flatMap((value, at) => (values.indexOf(value) < at ? [at] : []))
