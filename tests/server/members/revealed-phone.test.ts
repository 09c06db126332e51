import { findByOpenid } from '@pointbook/server/features/members/directory/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'
import { fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
let admin: Speaker
beforeAll(async () => {
  world = await aWorldWithWeChat()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const REVEAL = 'POST /admin/members/:memberId/phone/reveal'

async function joins() {
  const { openid, phone } = await world.aPerson()
  const signUp = { signUpTicket: await world.aTicket(openid), phoneCode: await world.phoneCode(openid) }
  await world.anyone().call('POST /members', { ...signUp, agreed: true, requestId: fresh('join') })
  return { phone, memberId: (await findByOpenid(world.server, openid))! }
}

it('masks a phone number everywhere in the panel until the merchant reveals it (FS12)', async () => {
  const { phone, memberId } = await joins()
  const shown = [
    await admin.call('POST /admin/members/search', { q: phone }),
    await admin.call('GET /admin/members/:memberId', { memberId }),
  ]
  expect(JSON.stringify(shown)).not.toContain(phone)
  expect(await admin.call(REVEAL, { memberId })).toEqual({ phone })
})

it('writes each reveal into the audit log, without the number (FS12)', async () => {
  const { phone, memberId } = await joins()
  await admin.call(REVEAL, { memberId })
  await admin.call(REVEAL, { memberId })
  const { rows } = await admin.call('POST /admin/audit-log/search', {
    action: 'member.phone-reveal',
    q: `member/${memberId}`,
  })
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatchObject({ actor: 'admin/demo', subject: `member/${memberId}` })
  expect(JSON.stringify(rows)).not.toContain(phone)
})

it('refuses to reveal what is not there, and to anybody but the merchant (FS12)', async () => {
  const memberId = await world.aMember()
  expect((await admin.ask(REVEAL, { memberId })).body.code).toBe('phone.missing')
  expect((await admin.ask(REVEAL, { memberId: 99_999_999 })).body.code).toBe('member.unknown')
  expect((await world.anyone().ask(REVEAL, { memberId })).status).toBe(401)
  const member = await world.asMember((await joins()).memberId)
  expect((await member.ask(REVEAL, { memberId })).status).toBe(401)
  const { rows } = await admin.call('POST /admin/audit-log/search', { q: `member/${memberId}` })
  expect(rows).toEqual([])
})
