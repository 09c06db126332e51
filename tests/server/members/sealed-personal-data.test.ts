import { fixed } from '@pointbook/config/policies/make'
import { giveBirthdays } from '@pointbook/server/features/earning/events/birthdays'
import { findByOpenid } from '@pointbook/server/features/members/directory/store'
import { actionText } from '@pointbook/shared/audit-actions'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aRule, earningBy } from '../../support/policies.ts'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'
import { fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
let admin: Speaker
beforeAll(async () => {
  const cake = aRule({ id: 'cake', trigger: 'birthday', gift: fixed(66) })
  world = await aWorldWithWeChat({ policy: { earning: earningBy([cake]) } })
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const ADDRESS = '徐汇区天平路 12 弄 3 号'

async function joins() {
  const { openid, phone } = await world.aPerson()
  const signUp = { signUpTicket: await world.aTicket(openid), phoneCode: await world.phoneCode(openid) }
  await world.anyone().call('POST /members', { ...signUp, agreed: true, requestId: fresh('join') })
  const memberId = (await findByOpenid(world.server, openid))!
  return { openid, phone, memberId, me: await world.asMember(memberId) }
}

const rawRow = async (memberId: number) => {
  const [rows] = await world.db.execute(sql`SELECT * FROM members WHERE id = ${memberId}`)
  return JSON.stringify(rows)
}

describe('personal data at rest (FS12, Law9, M20)', () => {
  it('keeps openid, phone number, address and year of birth only sealed', async () => {
    const { openid, phone, memberId, me } = await joins()
    await me.call('POST /me/profile', { birthday: '1987-05-20', address: ADDRESS })
    const row = await rawRow(memberId)
    for (const secret of [openid, phone, ADDRESS, '天平路', '1987']) expect(row).not.toContain(secret)
    expect(row).toContain('"05-20"')
    expect((await me.call('GET /me')).profile).toMatchObject({ birthday: '1987-05-20', address: ADDRESS })
  })

  it('seals the same address differently each time', async () => {
    const { keys } = world.outside
    expect(keys.seal(ADDRESS)).not.toBe(keys.seal(ADDRESS))
    expect(keys.open(keys.seal(ADDRESS))).toBe(ADDRESS)
    expect(() => keys.open(`${keys.id}:${'A'.repeat(80)}`)).toThrow('a sealed value')
  })

  it('keeps the year of birth and the end of the address out of the audit log', async () => {
    const { memberId, me } = await joins()
    await me.call('POST /me/profile', { birthday: '1987-05-20', address: ADDRESS })
    const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
    const change = { birthday: '1988-05-21', address: '静安区延平路 9 号' }
    const correction = { memberId, revision: revisions.profile, reason: '会员来电更正', ...change }
    await admin.call('PATCH /admin/members/:memberId/profile', correction)
    const { rows } = await admin.call('POST /admin/audit-log/search', { q: `member/${memberId}` })
    const line = rows.find(({ action }) => action === 'member.profile')!
    expect(JSON.stringify(line)).not.toMatch(/1987|1988|12 弄|9 号/)
    expect(JSON.parse(line.detail)).toMatchObject({
      before: { birthday: '****-05-20' },
      after: { birthday: '****-05-21' },
    })
    expect(actionText('data-keys.rotate')).toBe('更换数据密钥')
  })
})

describe('a birthday without a year (Law9, B13)', () => {
  it('is accepted, and its year can be added later but not its day changed', async () => {
    const { me } = await joins()
    expect((await me.call('POST /me/profile', { birthday: '05-20' })).birthday).toBe('05-20')
    expect((await me.ask('POST /me/profile', { birthday: '05-21' })).body.code).toBe('member.birthday-set')
    expect((await me.ask('POST /me/profile', { birthday: '1987-05-21' })).body.code).toBe('member.birthday-set')
    expect((await me.call('POST /me/profile', { birthday: '1987-05-20' })).birthday).toBe('1987-05-20')
    expect((await me.call('POST /me/profile', { birthday: '05-20' })).birthday).toBe('1987-05-20')
    expect((await me.ask('POST /me/profile', { birthday: '1988-05-20' })).body.code).toBe('member.birthday-set')
  })

  it('may be 29 February, but no day that never comes', async () => {
    const { me } = await joins()
    expect((await me.ask('POST /me/profile', { birthday: '02-30' })).body.code).toBe('birthday.invalid')
    expect((await me.call('POST /me/profile', { birthday: '02-29' })).birthday).toBe('02-29')
  })

  it('completes the profile, and brings the gift on its day', async () => {
    const { memberId, me } = await joins()
    expect((await me.call('GET /me/profile/gift')).missing).toContain('birthday')
    await me.call('POST /me/profile', { birthday: '03-05' })
    expect((await me.call('GET /me/profile/gift')).missing).not.toContain('birthday')
    world.clock.travelDays(3)
    await giveBirthdays(world.server)
    expect((await world.account(memberId)).balance).toBe(66)
  })
})
