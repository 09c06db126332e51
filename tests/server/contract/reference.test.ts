import { contract, type Operation } from '@pointbook/shared/contract/index'
import { refusalsOf } from '@pointbook/shared/contract/refusals'
import { refusals } from '@pointbook/shared/refusals'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorld } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document
let document: any

beforeAll(async () => {
  world = await aWorld()
  document = world.app.http.swagger()
})
afterAll(() => world.close())

describe('the API reference', () => {
  it('is a valid OpenAPI document', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
  })

  it('lists every operation of the contract, and nothing else, each input closed', () => {
    const listed = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(listed.toSorted()).toEqual(Object.keys(contract).toSorted())
  })

  it.each(Object.keys(contract) as Operation[])('lists the refusals of %s with status, code and sentence', (op) => {
    const [method, path] = op.split(' ') as [string, string]
    const { responses } = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')][method.toLowerCase()]
    const statuses = Object.keys(responses).filter((status) => !['200', '500'].includes(status))
    const codes = statuses.flatMap((status) => {
      const [, { properties }] = responses[status].content['application/json'].schema.allOf
      return properties.code.enum.map((code: string) => ({ status, code }))
    })
    const wanted = refusalsOf(op).map((code) => ({ status: String(refusals[code][0]), code }))
    expect(codes).toHaveLength(wanted.length)
    expect(codes).toEqual(expect.arrayContaining(wanted))
    for (const { status, code } of wanted) {
      expect(responses[status].description).toContain(`\`${code}\`: ${refusals[code][1]}`)
    }
  })
})
