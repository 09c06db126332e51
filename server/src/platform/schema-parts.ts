export type Schema = Record<string, unknown>
type Named = Record<string, Schema>

/** A schema with references in it, and by their names the parts that they lead to. */
export interface Referred {
  schema: Schema
  parts: Named
}

// A shorter part costs less repeated than called.
const WORTH_CHARACTERS = 300

/**
 * Finds parts that many schemas repeat, such as the conditions of a policy's rules, so that each is compiled once and called
 * where it occurs. Only objects and unions of objects are parts: cleaning and defaults need the object around a field.
 */
export class SchemaParts {
  readonly #counts = new Map<string, number>()
  readonly #names = new Map<string, string>()
  readonly #named: Named = {}

  /** Counts the parts of a schema. Every schema is counted before the first is referred. */
  count(schema: unknown): void {
    if (Array.isArray(schema)) for (const each of schema) this.count(each)
    if (!isSchema(schema) || this.#isRepeated(schema)) return
    for (const each of Object.values(schema)) this.count(each)
  }

  #isRepeated(part: Schema): boolean {
    const text = textOf(part)
    if (!text) return false
    const seen = this.#counts.get(text) ?? 0
    this.#counts.set(text, seen + 1)
    return seen > 0
  }

  /** A copy of the schema with references in place of its repeated parts. */
  refer(schema: Schema): Referred {
    const referring = this.#within(schema)
    return { schema: referring, parts: this.#partsOf(referring) }
  }

  #within(schema: Schema): Schema {
    return Object.fromEntries(Object.entries(schema).map(([key, child]) => [key, this.#replaced(child)]))
  }

  #replaced(child: unknown): unknown {
    if (Array.isArray(child)) return child.map((each) => this.#replaced(each))
    if (!isSchema(child)) return child
    const text = textOf(child)
    if (!text || (this.#counts.get(text) ?? 0) < 2) return this.#within(child)
    return { $ref: `${this.#nameOf(text, child)}#` }
  }

  #nameOf(text: string, part: Schema): string {
    const known = this.#names.get(text)
    if (known) return known
    const name = `part${this.#names.size + 1}`
    this.#names.set(text, name)
    this.#named[name] = { $id: name, ...this.#within(part) }
    return name
  }

  #partsOf(schema: Schema, result: Named = {}): Named {
    for (const [, name] of JSON.stringify(schema).matchAll(/"\$ref":"(part\d+)#"/g)) {
      if (result[name!]) continue
      result[name!] = this.#named[name!]!
      this.#partsOf(result[name!]!, result)
    }
    return result
  }
}

function textOf(part: Schema): string | null {
  if (!('properties' in part || 'anyOf' in part)) return null
  const text = JSON.stringify(part)
  return text.length < WORTH_CHARACTERS ? null : text
}

const isSchema = (node: unknown): node is Schema => typeof node === 'object' && node !== null && !Array.isArray(node)
