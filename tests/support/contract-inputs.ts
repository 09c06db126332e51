import fc from 'fast-check'

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema is what it is
export type Schema = any

/** Values that name something there is, by the field that holds them, so that requests get further than "unknown". */
export type Known = Record<string, unknown[]>

/** Inputs that a schema admits. Texts may still be refused: a pattern with a look-ahead is met by trying. */
export function admitted(schema: Schema, known: Known, name = ''): fc.Arbitrary<unknown> {
  const plain = plainly(schema, known)
  const named = known[name]
  return named ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...named) }, { weight: 1, arbitrary: plain }) : plain
}

function plainly(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((branch: Schema) => admitted(branch, known)))
  if (schema.type === 'object') return objects(schema, known)
  if (schema.type === 'array')
    return fc.array(admitted(schema.items, known), { minLength: schema.minItems ?? 0, maxLength: few(schema) })
  if (schema.type === 'integer')
    return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: schema.maximum ?? 2 ** 31 }).map((value) => value || 0)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  return texts(schema)
}

const few = ({ minItems = 0, maxItems = 3 }: Schema) => Math.min(maxItems, minItems + 3)

function objects({ properties = {}, required = [] }: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => [name, admitted(schema, known, name)] as const)
  return fc.record(Object.fromEntries(fields), { requiredKeys: required, noNullPrototype: true })
}

function texts({ pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  const most = Math.min(maxLength, 2_000)
  if (!pattern) return fc.string({ minLength, maxLength: most, unit: 'binary' })
  try {
    return fc.stringMatching(new RegExp(pattern)).map((text) => text.slice(0, most))
  } catch {
    return fc.string({ minLength: Math.max(1, minLength), maxLength: most, unit: 'grapheme' })
  }
}

/** A place inside an input and the schema that holds there. */
interface Place {
  path: (string | number)[]
  schema: Schema
}

/** Every path of an input, at any depth of its schema; alternatives are not distinguished. */
function places(schema: Schema, value: unknown, path: (string | number)[] = []): Place[] {
  const here = path.length > 0 ? [{ path, schema }] : []
  if (schema.type === 'array' && Array.isArray(value))
    return [...here, ...value.flatMap((item, index) => places(schema.items, item, [...path, index]))]
  if (schema.type === 'object' && value && typeof value === 'object')
    return [
      ...here,
      ...Object.entries(value).flatMap(([name, part]) =>
        schema.properties?.[name] ? places(schema.properties[name], part, [...path, name]) : [],
      ),
    ]
  return here
}

const DEEP = JSON.parse(`${'['.repeat(30)}${']'.repeat(30)}`)

/** Values that no field with this schema admits. */
export function inadmissible(schema: Schema): unknown[] {
  if (schema.anyOf || schema.enum || schema.const !== undefined) return [DEEP, 'no-such-value', -1.5]
  const wrong: Record<string, unknown[]> = {
    string: [12, true, [], ...(schema.maxLength ? ['x'.repeat(schema.maxLength + 1)] : [])],
    integer: ['twelve', 1.5, true, [], 1e300, -1e300, ...beyond(schema)],
    boolean: ['maybe', 3, []],
    array: ['text', 3, ...(schema.maxItems ? [Array(schema.maxItems + 1).fill(null)] : [])],
    object: ['text', 3, []],
  }
  return [null, { an: 'object' }, DEEP, ...(wrong[schema.type] ?? [])]
}

const beyond = ({ minimum, maximum }: Schema): number[] => [
  ...(minimum === undefined ? [] : [minimum - 1]),
  ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? [] : [maximum + 1]),
]

/** Texts that a careless or hostile client sends. They may be cleaned or refused; nothing may break. */
const strange = [
  '\ud800',
  '\udfff\ud800',
  '\u0000',
  '\u202e反',
  '\u200b\u200b',
  '=1+cmd|x',
  "' OR 1=1 -- ",
  '%',
  '__proto__',
]

export interface Spoiled {
  input: unknown
  /** True where the right answer can only be `input.invalid`. */
  isInvalid: boolean
  how: string
}

/** An admitted input with one thing changed. */
export function spoiled(schema: Schema, input: object): fc.Arbitrary<Spoiled> {
  const spots = places(schema, input)
  const strangers = fc
    .constantFrom('stranger', 'id', 'constructor', 'toString', 'memberId2')
    .map((name) => ({ input: { ...input, [name]: 1 }, isInvalid: true, how: `with ${name}` }))
  if (spots.length === 0) return strangers
  const wrongs = fc.constantFrom(...spots).chain(({ path, schema: part }) =>
    fc.constantFrom(...inadmissible(part)).map((value) => ({
      input: changed(input, path, value),
      isInvalid: true,
      how: `${path.join('.')} = ${JSON.stringify(value)?.slice(0, 60)}`,
    })),
  )
  const inTexts = spots.filter(({ schema: part }) => part.type === 'string')
  if (inTexts.length === 0) return fc.oneof(strangers, wrongs)
  const oddities = fc.constantFrom(...inTexts).chain(({ path }) =>
    fc.constantFrom(...strange).map((value) => ({
      input: changed(input, path, value),
      isInvalid: false,
      how: `${path.join('.')} = ${JSON.stringify(value)}`,
    })),
  )
  return fc.oneof(strangers, wrongs, oddities)
}

function changed(value: unknown, [step, ...rest]: (string | number)[], put: unknown): unknown {
  if (step === undefined) return put
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  Object.assign(copy, { [step]: changed((value as Record<string | number, unknown>)[step], rest, put) })
  return copy
}
