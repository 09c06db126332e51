import { inputSchemas } from '@pointbook/server/platform/input'
import { type Referred, type Schema, SchemaParts } from '@pointbook/server/platform/schema-parts'
import { contract } from '@pointbook/shared/contract/index'
import { expect, it } from 'vitest'

const schemas = Object.entries(contract).flatMap(([op, endpoint]) => {
  const input = Object.values(inputSchemas(op.split(' ')[0]!, endpoint))
  return [...input, endpoint.reply] as unknown as Schema[]
})

/** Puts the parts back where they are referred to. */
function writtenOut({ schema, parts }: Referred): unknown {
  const text = JSON.stringify(schema, (_, value) => {
    if (typeof value?.$ref !== 'string') return value
    const { $id, ...part } = parts[value.$ref.slice(0, -1)]!
    return part
  })
  return JSON.parse(text)
}

it('refers to repeated parts without changing what a schema means', () => {
  const parts = new SchemaParts()
  for (const schema of schemas) parts.count(schema)
  for (const schema of schemas) {
    const referred = parts.refer(schema)
    expect(writtenOut(referred)).toEqual(JSON.parse(JSON.stringify(schema)))
  }
})

it('contains repeated parts once, so that a policy takes a tenth of its length', () => {
  const parts = new SchemaParts()
  for (const schema of schemas) parts.count(schema)
  const draft = contract['PUT /admin/policy/draft'].body as unknown as Schema
  const { schema, parts: named } = parts.refer(draft)
  expect(JSON.stringify(schema).length).toBeLessThan(JSON.stringify(draft).length / 10)
  expect(Object.keys(named).length).toBeGreaterThan(3)
})

it('does not change parts that occur once, or short parts', () => {
  const parts = new SchemaParts()
  const once = { type: 'object', properties: { note: { type: 'string', description: 'x'.repeat(400) } } }
  const short = { type: 'object', properties: { id: { type: 'integer' } } }
  const schema = { type: 'object', properties: { once, first: short, second: short } }
  parts.count(schema)
  expect(parts.refer(schema)).toEqual({ schema, parts: {} })
})
