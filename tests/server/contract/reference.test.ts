import { contract } from '@pointbook/shared/contract/index'
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
})
