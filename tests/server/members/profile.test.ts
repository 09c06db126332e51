import { inboxMessages } from '@pointbook/server/features/care/messages/tables'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeStore } from '../../support/edits.ts'
import { tiersOf } from '../../support/policies.ts'
import type { Speaker } from '../../support/world.ts'
import { aWorld } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let me: Speaker

beforeAll(async () => {
  world = await aWorld({
    policy: {
      tiers: tiersOf([
        { id: 'silver', name: '银卡', from: 500, multiplierBp: 11_000, benefits: [] },
        { id: 'plain', name: '普通', from: 0, multiplierBp: 10_000, benefits: [] },
      ]),
    },
  })
  me = await world.asMember(await world.aMember())
})
afterAll(() => world.close())

describe('the profile', () => {
  test('changes only the given fields', async () => {
    const first = await me.call('POST /me/profile', { nickname: ' 小满 ', sex: 'female', address: '人民路 1 号' })
    expect(first).toMatchObject({ nickname: '小满', sex: 'female', address: '人民路 1 号', birthday: null })
    const second = await me.call('POST /me/profile', { address: '' })
    expect(second).toMatchObject({ nickname: '小满', sex: 'female', address: '' })
    expect(second).toMatchObject((await me.call('GET /me')).profile)
  })

  test('does not change without given fields', async () => {
    const before = (await me.call('GET /me')).profile
    expect(await me.call('POST /me/profile', {})).toMatchObject(before)
  })

  test('accepts a birthday once, and the same one again', async () => {
    const member = await world.asMember(await world.aMember())
    expect((await member.call('POST /me/profile', { birthday: '1996-02-29' })).birthday).toBe('1996-02-29')
    expect((await member.call('POST /me/profile', { birthday: '1996-02-29' })).birthday).toBe('1996-02-29')
    const answer = await member.ask('POST /me/profile', { birthday: '1996-03-01', nickname: '新名字' })
    expect(answer).toMatchObject({ status: 409, body: { code: 'member.birthday-set' } })
    expect((await member.call('GET /me')).profile.nickname).not.toBe('新名字')
  })

  test.each(['2026-03-03', '1899-12-31', '2025-02-29'])('refuses the birthday %s', async (birthday) => {
    const member = await world.asMember(await world.aMember())
    expect((await member.ask('POST /me/profile', { birthday })).body.code).toBe('birthday.invalid')
  })

  test.each([
    ['nickname', ''],
    ['nickname', '   '],
    ['nickname', '一'.repeat(21)],
    ['nickname', 'a\u0000b'],
    ['nickname', 7],
    ['sex', 'robot'],
    ['birthday', '1990-13-01'],
    ['birthday', null],
    ['address', '路'.repeat(121)],
    ['avatar', 'not base64!'],
    ['points', 1_000],
    ['inviteCode', 'AAAAAAAA'],
  ])('refuses %s = %j by name', async (field, value) => {
    const { status, body } = await me.ask('POST /me/profile', { [field]: value })
    expect({ status, code: body.code, field: body.detail.fields[0].field }).toEqual({
      status: 400,
      code: 'input.invalid',
      field,
    })
  })
})

describe('the member at a glance', () => {
  test('shows the tier, expiring points with their days, and unread messages', async () => {
    const memberId = await world.aMember({ points: 80 })
    await world.db.insert(inboxMessages).values(
      [false, true, false].map((read, index) => ({
        memberId,
        fact: `fact-${index}`,
        kind: 'test',
        title: '',
        body: '',
        page: '',
        at: world.clock.now(),
        read,
      })),
    )
    const shown = await (await world.asMember(memberId)).call('GET /me')
    expect(shown.tier).toEqual({ id: 'plain', name: '普通', since: null, until: null, benefits: [] })
    expect(shown.points.expiring).toEqual([{ on: '2027-03-02', points: 80, daysLeft: 365 }])
    expect(shown.unreadMessages).toBe(2)
  })

  test('shows a clerk the open stores they work at', async () => {
    const [open, closed] = [await world.aStore('开着的店'), await world.aStore('关了的店')]
    const admin = await world.asAdmin()
    await changeStore(admin, { storeId: closed, open: false })
    const clerk = await world.aClerk([open, closed], 'manager')
    const { staff } = await clerk.call('GET /me')
    expect(staff).toEqual({ role: 'manager', stores: [{ storeId: open, name: '开着的店' }] })
  })

  test('is refused for an unknown member', async () => {
    const { status, body } = await (await world.asMember(99_999_999)).ask('GET /me')
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'member.unknown' })
  })
})
