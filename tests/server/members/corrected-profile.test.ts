import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPolicy } from '../../support/policies.ts'
import { aWorld, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld({ policy: aPolicy() })
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const recordOf = (memberId: number) => admin.call('GET /admin/members/:memberId', { memberId })

async function correct(memberId: number, change: object) {
  const { revisions } = await recordOf(memberId)
  const input = { memberId, reason: '会员来电更正', revision: revisions.profile, ...change }
  return admin.ask('PATCH /admin/members/:memberId/profile', input)
}

it('lets the merchant correct a birthday that the member may not change, and any other field (FM4)', async () => {
  const memberId = await world.aMember({ nickname: '林小满' })
  const member = await world.asMember(memberId)
  await member.call('POST /me/profile', { birthday: '1998-03-20' })
  expect((await correct(memberId, { birthday: '1999-03-20', sex: 'female', address: '滨江路 2 号' })).status).toBe(200)
  expect((await recordOf(memberId)).profile).toMatchObject({
    nickname: '林小满',
    birthday: '1999-03-20',
    sex: 'female',
    address: '滨江路 2 号',
  })
  expect((await correct(memberId, { birthday: null })).status).toBe(200)
  expect((await recordOf(memberId)).profile.birthday).toBeNull()
})

it('writes the actor, the field, the reason and the value before into the audit log (FM4)', async () => {
  const memberId = await world.aMember({ nickname: '错名' })
  await correct(memberId, { nickname: '林小满', sex: 'unknown' })
  const { log } = await recordOf(memberId)
  expect(log[0]).toMatchObject({
    actor: `admin/${world.env.adminLogin}`,
    action: 'member.profile',
    text: '修改资料（昵称）：会员来电更正',
  })
  expect(JSON.parse(log[0]!.detail)).toEqual({ before: { nickname: '错名' }, after: { nickname: '林小满' } })
})

it('writes nothing where nothing changes (FM4)', async () => {
  const memberId = await world.aMember({ nickname: '林小满' })
  expect((await correct(memberId, { nickname: '林小满' })).status).toBe(200)
  expect((await recordOf(memberId)).log).toEqual([])
})

it('refuses an impossible birthday, a change without a reason, and an unknown member (FM4)', async () => {
  const memberId = await world.aMember()
  expect((await correct(memberId, { birthday: '2026-02-30' })).body.code).toBe('birthday.invalid')
  expect((await correct(memberId, { birthday: '2999-01-01' })).body.code).toBe('birthday.invalid')
  expect((await correct(memberId, { nickname: '林', reason: ' ' })).body.code).toBe('input.invalid')
  const stranger = { memberId: 99_999_999, nickname: '林', reason: '更正', revision: '0'.repeat(16) }
  expect((await admin.ask('PATCH /admin/members/:memberId/profile', stranger)).body.code).toBe('member.unknown')
})
