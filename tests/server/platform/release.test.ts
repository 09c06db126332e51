import { RELEASE_HEADER } from '@pointbook/shared/release'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { aPartner } from '../../support/partner.ts'
import { aWorld, type Speaker } from '../../support/world.ts'

// A server some releases later, which serves the fourth and the fifth.
vi.mock('@pointbook/shared/release', async (load) => ({ ...(await load<object>()), RELEASE: 5, OLDEST_SERVED: 4 }))

let world: Awaited<ReturnType<typeof aWorld>>
let member: Speaker

beforeAll(async () => {
  world = await aWorld()
  member = await world.asMember(await world.aMember())
})
afterAll(() => world.close())

const at = ({ headers }: Speaker, release: string) => world.speaker({ ...headers, [RELEASE_HEADER]: release })

function withoutRelease({ headers: { [RELEASE_HEADER]: _, ...headers } }: Speaker): Speaker {
  return world.speaker(headers)
}

it.each(['4', '5', '6'])('serves release %s', async (release) => {
  expect((await at(member, release).ask('GET /me')).status).toBe(200)
})

it.each(['3', '0', '-1', 'new', ''])('refuses release "%s" with a sentence to update', async (release) => {
  const answer = await at(member, release).ask('GET /me')
  expect(answer).toMatchObject({ status: 426, body: { code: 'client.outdated' } })
  expect(answer.body.text).toContain('请更新小程序')
})

it('treats a caller without a release as release 0', async () => {
  for (const [speaker, op] of [
    [member, 'GET /me'],
    [await world.asAdmin(), 'GET /admin/stores'],
  ] as const) {
    expect((await speaker.ask(op)).status).toBe(200)
    expect((await withoutRelease(speaker).ask(op)).body.code).toBe('client.outdated')
  }
})

it('requires no release from other systems, nor for public operations', async () => {
  const partner = await aPartner(world, [await world.aStore()])
  const memberNo = String(await world.aMember())
  expect((await partner.ask('GET /open/members/:memberNo', { memberNo })).status).toBe(200)
  expect((await world.anyone().ask('GET /shop')).status).toBe(200)
  expect((await at(world.anyone(), '3').ask('GET /shop')).body.code).toBe('client.outdated')
})
