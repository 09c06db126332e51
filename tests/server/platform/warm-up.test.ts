import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorld } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>

beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

/** Milliseconds of processor time. */
async function costOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

it('compiles the schemas of policies before it listens, so that the first request does not wait (FD4, FO6)', async () => {
  const admin = await world.asAdmin()
  const inAdvance = await costOf(world.app.warmUp)
  const first = await costOf(() => admin.call('GET /admin/policy'))
  const { inForce: policy, latest: basedOn, draftRevision: revision } = await admin.call('GET /admin/policy')
  const others = [
    await costOf(() => admin.call('GET /admin/policy/presets')),
    await costOf(() => admin.call('GET /admin/policies/:version', { version: 1 })),
    await costOf(() => admin.call('PUT /admin/policy/draft', { draft: policy, revision })),
    await costOf(() => admin.ask('POST /admin/policy/preview', { policy, event: {} })),
    await costOf(() => admin.ask('POST /admin/policies', { policy, note: '试', basedOn, requestId: 'warm-up-policy' })),
  ]
  for (const cost of [first, ...others]) expect(cost).toBeLessThan(inAdvance / 8)
})
