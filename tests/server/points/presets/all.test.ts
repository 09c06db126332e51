import { readdirSync } from 'node:fs'
import type { Preset } from '@pointbook/config/policies/make'
import { presets } from '@pointbook/config/policies/presets'
import { policyFaults } from '@pointbook/server/core/policy-checks/policy-faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepDraft } from '../../../support/edits.ts'
import { aWorld, publish, type Speaker } from '../../../support/world.ts'

const today = '2026-03-02'
const all = presets(today)
const cases: [string, Preset][] = all.map((preset) => [preset.key, preset])

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

it('offers one policy file for each kind of shop, each under its own name', () => {
  const files = readdirSync(new URL('../../../../config/policies', import.meta.url))
  const parts = ['demo.ts', 'first.ts', 'make.ts', 'presets.ts']
  expect(all.map(({ key }) => `${key}.ts`).sort()).toEqual(files.filter((file) => !parts.includes(file)).sort())
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
})

it('shows what typical events earn under each, in the words of the rules', async () => {
  const { rows } = await admin.call('GET /admin/policy/presets')
  expect(rows.map(({ key }) => key)).toEqual(all.map(({ key }) => key))
  for (const { examples } of rows) {
    expect(examples.length).toBeGreaterThan(0)
    for (const { points, why } of examples) {
      expect(points).toBeGreaterThan(0)
      expect(why.reduce((sum, one) => sum + one.points, 0)).toBe(points)
    }
  }
  const supermarket = rows.find(({ key }) => key === 'supermarket')!
  expect(supermarket.examples[0]).toMatchObject({ title: '周末采购', points: 20, expiresOn: '2027-03-02' })
  expect(supermarket.examples[0]!.why).toMatchObject([{ name: '购物积分', points: 20 }])
})

it('is available only to the merchant', async () => {
  expect((await world.anyone().ask('GET /admin/policy/presets')).status).toBe(401)
})

it('always offers the next campaign', () => {
  const endOf = (on: string) =>
    presets(on)
      .find(({ key }) => key === 'clothing')!
      .policy.earning.rules.find(({ id }) => id === 'double-eleven')!.until
  expect(['2026-11-10', '2026-11-11', '2026-11-12'].map(endOf)).toEqual(['2026-11-11', '2026-11-11', '2027-11-11'])
})

// The first to be published waits until its schema is compiled.
describe.each(cases)('%s', { timeout: 60_000 }, (_, { policy }) => {
  it('has no faults and can be published as it is', async () => {
    expect(policyFaults(policy)).toEqual([])
    await keepDraft(admin, policy)
    const { version } = (await publish(admin, policy)).body
    expect(await admin.call('GET /admin/policy')).toMatchObject({ version, inForce: policy, draft: null })
  })
})
