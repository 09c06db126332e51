import { readFileSync } from 'node:fs'
import { contract } from '@pointbook/shared/contract/index'
import { RELEASE } from '@pointbook/shared/release'
import { describe, expect, it } from 'vitest'
import { narrowings } from './narrowings.ts'

type Inputs = Record<string, Record<'params' | 'query' | 'body', unknown>>

const before: Inputs = JSON.parse(readFileSync(new URL(`${RELEASE - 1}.json`, import.meta.url), 'utf8'))

/** What release 0 could send and is refused now on purpose. */
const refusedNow: string[] = []

describe('the release before', () => {
  it.each(Object.entries(before))('can still send %s', (op, { params, query, body }) => {
    const now = (contract as unknown as Inputs)[op]
    expect(now, 'the operation is gone').toBeDefined()
    const inputs = [
      ...narrowings(params, now?.params, 'params'),
      ...narrowings(query, now?.query, 'query'),
      ...narrowings(body, now?.body, 'body'),
    ].map((narrowing) => `${op}: ${narrowing}`)
    expect(inputs.filter((narrowing) => !refusedNow.includes(narrowing))).toEqual([])
  })
})

describe('comparing two schemas', () => {
  const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required })
  const whole = { type: 'integer', minimum: 0, maximum: 10 }

  it.each([
    ['a field that is gone', object({ a: whole }), object({}), ['.a is gone']],
    ['a field that became required', object({ a: whole }), object({ a: whole }, ['a']), ['.a is required']],
    ['a new required field', object({}), object({ a: whole }, ['a']), ['.a is required']],
    ['a smaller maximum', object({ a: whole }), object({ a: { ...whole, maximum: 9 } }), ['.a: maximum 9']],
    ['a larger minimum', object({ a: whole }), object({ a: { ...whole, minimum: 1 } }), ['.a: minimum 1']],
    ['a value that is gone', { enum: ['a', 'b'] }, { enum: ['a'] }, [': b is gone']],
    ['another type', object({ a: whole }), object({ a: { type: 'string' } }), ['.a: string']],
    ['a wider schema', object({ a: whole }, ['a']), object({ a: { ...whole, maximum: 11 }, b: whole }), []],
    ['a further alternative', whole, { anyOf: [whole, { type: 'null' }] }, []],
    ['an alternative that is gone', { anyOf: [whole, { type: 'null' }] }, whole, [': null']],
  ])('sees %s', (_what, old, now, expected) => {
    expect(narrowings(old, now, '')).toEqual(expected)
  })
})
