import { SchemaParts } from '@pointbook/server/platform/schema-parts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { aWorld } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>

beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

it('compiles the schemas of policies before it listens, so that the first request does not wait (FD4, FO6)', async () => {
  const admin = await world.asAdmin()
  // Each schema is referred once, when it is compiled.
  const { mock } = vi.spyOn(SchemaParts.prototype, 'refer')
  const lengths = () => mock.calls.map(([schema]) => JSON.stringify(schema).length)

  world.app.warmUp()
  const inAdvance = lengths()

  const { inForce: policy, latest: basedOn, draftRevision: revision } = await admin.call('GET /admin/policy')
  await admin.call('GET /admin/policy/presets')
  await admin.call('GET /admin/policies/:version', { version: 1 })
  await admin.call('PUT /admin/policy/draft', { draft: policy, revision })
  await admin.ask('POST /admin/policy/preview', { policy, event: {} })
  await admin.ask('POST /admin/policies', { policy, note: '试', basedOn, requestId: 'warm-up-policy' })
  const whenAsked = lengths().slice(inAdvance.length)
  for (const lengths of [inAdvance, whenAsked]) expect(lengths).not.toEqual([])
  expect(Math.max(...whenAsked)).toBeLessThan(Math.min(...inAdvance))
})
