import { MOST_FEN, MOST_POINTS } from '../quantities.ts'
import type { Line } from './lines.ts'

/** Properties of every kind of field. */
interface Common {
  /** What the form calls it. */
  label: string
  /** The line in the comparison of two policies. */
  line: Line
  /** The text under the input, and the explanation behind the question mark. */
  extra?: string
  tooltip?: string
  /** Words around an input within a sentence. */
  before?: string
  after?: string
  width?: number
  /** Begins a new row of the form. */
  newRow?: true
  /** The form shows the sentence of the line under the input. */
  saysLine?: true
  /** Shown only while other fields of the part have one of these values. */
  onlyIf?: Readonly<Record<string, readonly string[]>>
}

/** `start`: the value when its part is switched on. `missing`: the meaning of a stored policy without the field. */
interface Defaults<V> {
  start?: V
  missing?: V
}

interface NumberOptions extends Common, Defaults<number> {
  unit?: string
  least?: number
  most?: number
  /** Null means no limit; this is what an empty input then shows. */
  orNone?: string
  /** The field's text in its line; '' for none. Absent when a sentence of `policy-words` covers the field. */
  words?: (value: number) => string
}

interface YesNoOptions extends Common, Defaults<boolean> {
  words?: (value: boolean) => string
}

interface TextOptions extends Common, Defaults<string> {
  placeholder?: string
  words?: (value: string) => string
}

interface ChoiceOptions<V extends string> extends Common, Defaults<V> {
  look: 'buttons' | 'radios' | 'select'
  words?: Readonly<Record<V, string>>
}

export interface NumberField extends NumberOptions {
  /** Whole numbers of a unit, money in fen, percent and multiples in ten-thousandths, hours of the day. */
  kind: 'whole' | 'fen' | 'percent' | 'times' | 'hour'
  unit: string
  least: number
  most: number
}

interface YesNoField extends YesNoOptions {
  kind: 'switch' | 'checkbox'
}

interface TextField extends TextOptions {
  /** A name is one line and not blank. */
  kind: 'name' | 'text'
  longest: number
}

interface ChoiceField extends ChoiceOptions<string> {
  kind: 'choice'
  choices: Readonly<Record<string, string>>
}

export type PolicyField = NumberField | YesNoField | TextField | ChoiceField

export type Fields = Readonly<Record<string, PolicyField>>

/** An unknown property is an error of the compiler. */
type Only<T, O> = T & Record<Exclude<keyof T, keyof O>, never>

const numbers =
  <const K extends NumberField['kind']>(kind: K, unit: string, least: number, most: number) =>
  <const T extends NumberOptions>(options: Only<T, NumberOptions>) => ({ kind, unit, least, most, ...options })

export const points = numbers('whole', '分', 0, MOST_POINTS)
export const days = numbers('whole', '天', 0, 366)
export const months = numbers('whole', '个月', 1, 120)
export const fen = numbers('fen', '元', 0, MOST_FEN)
/** Hundredths of a percent. */
export const percent = numbers('percent', '%', 1, 10_000)
/** Ten-thousandths: 15 000 is ×1.5. */
export const times = numbers('times', '×', 10_000, 1_000_000)
export const hour = numbers('hour', '点', 0, 24)

/** A number of other things. */
export const count = <const T extends NumberOptions & { least: number; most: number }>(
  unit: string,
  options: Only<T, NumberOptions>,
) => ({
  kind: 'whole' as const,
  unit,
  ...options,
})

export const yesNo = <const T extends YesNoOptions>(options: Only<T, YesNoOptions>) => ({
  kind: 'switch' as const,
  ...options,
})

export const checkbox = <const T extends YesNoOptions>(options: Only<T, YesNoOptions>) => ({
  kind: 'checkbox' as const,
  ...options,
})

export const name = <const T extends TextOptions>(longest: number, options: Only<T, TextOptions>) => ({
  kind: 'name' as const,
  longest,
  ...options,
})

export const text = <const T extends TextOptions>(longest: number, options: Only<T, TextOptions>) => ({
  kind: 'text' as const,
  longest,
  ...options,
})

/** A choice, with a name for each option. */
export const choice = <const O extends Record<string, string>, const T extends ChoiceOptions<keyof O & string>>(
  choices: O,
  options: Only<T, ChoiceOptions<string>>,
) => ({ kind: 'choice' as const, choices, ...options })

type Value = string | number | boolean | null

/** The values of a part when it is switched on. */
export const startOf = <F extends Fields>(fields: F) =>
  Object.fromEntries(Object.entries(fields).map(([key, { start }]) => [key, start])) as {
    [K in keyof F]: F[K] extends { start: infer V } ? V : never
  }

/** The initial values of a new row; empty where the merchant must choose. */
export const emptyOf = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([key, { start = null }]) => [key, start]))

/** The text of a single field; '' for none. */
export function wordsOf(field: PolicyField, value: Value | undefined): string {
  const current = value ?? field.missing
  if (current === undefined || current === null) return ''
  if (field.kind === 'choice') return field.words?.[String(current)] ?? ''
  return (field.words as ((value: Value) => string) | undefined)?.(current) ?? ''
}

/** The texts of the fields of a line, in the order of their declaration, after the sentence about all of them. */
export function say(fields: Fields, part: object, line: Line, sentence = ''): string {
  const values = part as Record<string, Value | undefined>
  const own = Object.entries(fields).filter(([, field]) => field.line === line)
  return [sentence, ...own.map(([key, field]) => wordsOf(field, values[key]))].filter(Boolean).join('，')
}
