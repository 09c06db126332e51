// biome-ignore lint/suspicious/noExplicitAny: JSON Schema is what it is
type Schema = any

/** Descriptions of inputs that `old` admitted and `now` does not. Patterns are not compared. */
export function narrowings(old: Schema, now: Schema, path: string): string[] {
  if (!old) return requiredOf(now).map((name) => `${path}.${name} is required`)
  if (!now) return [...Object.keys(old.properties ?? {})].map((name) => `${path}.${name} is gone`)
  if (old.anyOf) return old.anyOf.flatMap((branch: Schema) => narrowings(branch, now, path))
  if (now.anyOf) return narrowest(now.anyOf.map((branch: Schema) => narrowings(old, branch, path)))
  if (old.enum || old.const !== undefined) return valuesGone(old, now, path)
  if (old.type !== now.type) return [`${path}: ${old.type === 'null' ? 'null' : now.type}`]
  if (old.type === 'object') return inFields(old, now, path)
  return [...inBounds(old, now, path), ...(old.items ? narrowings(old.items, now.items, `${path}[]`) : [])]
}

const requiredOf = (schema: Schema): string[] => schema?.required ?? []

const narrowest = (all: string[][]): string[] => all.toSorted((a, b) => a.length - b.length)[0]!

const valuesOf = (schema: Schema): unknown[] => schema.enum ?? [schema.const]

function valuesGone(old: Schema, now: Schema, path: string): string[] {
  if (now.type && !now.enum && now.const === undefined) return []
  return valuesOf(old)
    .filter((value) => !valuesOf(now).includes(value))
    .map((value) => `${path}: ${value} is gone`)
}

function inFields(old: Schema, now: Schema, path: string): string[] {
  const wanted = requiredOf(now).filter((name) => !requiredOf(old).includes(name))
  const within = Object.entries(old.properties ?? {}).flatMap(([name, schema]) =>
    now.properties?.[name] ? narrowings(schema, now.properties[name], `${path}.${name}`) : [`${path}.${name} is gone`],
  )
  return [...wanted.map((name) => `${path}.${name} is required`), ...within]
}

const LEAST = ['minimum', 'minLength', 'minItems']
const MOST = ['maximum', 'maxLength', 'maxItems']

function inBounds(old: Schema, now: Schema, path: string): string[] {
  const narrower = [
    ...LEAST.filter((bound) => (now[bound] ?? Number.NEGATIVE_INFINITY) > (old[bound] ?? Number.NEGATIVE_INFINITY)),
    ...MOST.filter((bound) => (now[bound] ?? Number.POSITIVE_INFINITY) < (old[bound] ?? Number.POSITIVE_INFINITY)),
  ]
  return narrower.map((bound) => `${path}: ${bound} ${now[bound]}`)
}
