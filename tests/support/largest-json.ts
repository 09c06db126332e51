import type { Endpoint } from '@pointbook/shared/contract/http'

interface Schema {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  maxLength?: number
  pattern?: string
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
}

const NUMBER_BYTES = 17
const PATTERN_BYTES = 100
const CHINESE_BYTES = 3

/** The bytes of the largest JSON text that fits a schema. Text in Chinese takes three bytes a character, text under a pattern one. */
export const largestJson = (schema: NonNullable<Endpoint['body']>): number => bytes(schema as Schema)

function bytes(schema: Schema): number {
  if (schema.anyOf) return Math.max(...schema.anyOf.map(bytes))
  if (schema.enum) return Math.max(...schema.enum.map((value) => JSON.stringify(value).length))
  if (schema.const !== undefined) return JSON.stringify(schema.const).length
  if (schema.type === 'string') return textBytes(schema)
  if (schema.type === 'array') return 2 + (schema.maxItems ?? Number.POSITIVE_INFINITY) * (1 + bytes(schema.items!))
  if (schema.type === 'object')
    return Object.entries(schema.properties ?? {}).reduce((sum, [name, each]) => sum + name.length + 4 + bytes(each), 2)
  return NUMBER_BYTES
}

const textBytes = ({ maxLength, pattern }: Schema): number =>
  2 + (pattern ? (maxLength ?? PATTERN_BYTES) : (maxLength ?? Number.POSITIVE_INFINITY) * CHINESE_BYTES)
