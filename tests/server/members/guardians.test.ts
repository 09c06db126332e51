import { jobs } from '@pointbook/server/features'
import { guardianRequests, guardians } from '@pointbook/server/features/members/guardians/tables'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'
import { fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
let admin: Speaker
let agreement: number

beforeAll(async () => {
  world = await aWorldWithWeChat()
  admin = await world.asAdmin()
  agreement = (await visitor().call('GET /agreement')).version
})
afterAll(() => world.close())

const HOUR_MS = 3_600_000

let visitors = 0
/** Somebody at an address of their own, so that no limit for an address is reached. */
const visitor = () => world.anyone(`10.7.${++visitors >> 8}.${visitors & 255}`)

type Person = Awaited<ReturnType<typeof world.aPerson>>

/** A person under 14 who has sent the link. */
async function aChild() {
  const child = await world.aPerson()
  const signUpTicket = await world.aTicket(child.openid)
  const { code } = await visitor().call('POST /guardian-requests', { signUpTicket })
  return { child, signUpTicket, guardianCode: code }
}

async function open(guardian: Person, guardianCode: string) {
  const loginCode = await world.loginCode(guardian.openid)
  return visitor().ask('POST /guardian-requests/opened', { guardianCode, loginCode })
}

async function confirm(guardian: Person, guardianCode: string, more: object = {}) {
  const { body } = await open(guardian, guardianCode)
  const input = {
    guardianCode,
    guardianTicket: body.guardianTicket ?? 'x'.repeat(30),
    phoneCode: await world.phoneCode(guardian.openid),
    agreement,
    requestId: fresh(),
    ...more,
  }
  return visitor().ask('POST /guardian-requests/confirmation', input)
}

async function join(child: Person, more: object = {}) {
  const input = {
    signUpTicket: await world.aTicket(child.openid),
    phoneCode: await world.phoneCode(child.openid),
    agreed: true,
    agreement,
    age: 'under-14',
    requestId: fresh(),
    ...more,
  }
  return visitor().ask('POST /members', input)
}

/** A member under 14 whose guardian has consented. */
async function aYoungMember() {
  const { child, guardianCode } = await aChild()
  const guardian = await world.aPerson()
  expect(await confirm(guardian, guardianCode)).toMatchObject({ status: 200 })
  const { body } = await join(child)
  const me = world.speaker({ authorization: `Bearer ${body.tokens.accessToken}`, 'x-pointbook-release': '1' })
  const { memberId } = await me.call('GET /me')
  return { memberId, me, guardian, child }
}

const stateOf = (signUpTicket: string) => visitor().call('POST /guardian-requests/state', { signUpTicket })

describe('a person under 14 (Law9)', () => {
  it('joins after a guardian has consented with a phone of their own', async () => {
    const { child, signUpTicket, guardianCode } = await aChild()
    expect((await join(child)).body.code).toBe('guardian.needed')
    const guardian = await world.aPerson('13855556666')
    expect(await stateOf(signUpTicket)).toMatchObject({ state: 'asked', phoneMasked: '' })
    expect((await confirm(guardian, guardianCode)).body).toMatchObject({
      state: 'confirmed',
      phoneMasked: '138****6666',
    })
    expect(await stateOf(signUpTicket)).toMatchObject({ state: 'confirmed', phoneMasked: '138****6666' })
    expect((await join(child)).status).toBe(200)
    expect(await stateOf(signUpTicket)).toMatchObject({ state: 'none' })
  })

  it('gets no personal offers, and cannot allow them', async () => {
    const { me, memberId } = await aYoungMember()
    const { purposes } = await me.call('GET /me/consents')
    expect(purposes[1]).toMatchObject({ purpose: 'personal-offers', allowed: false })
    const allow = { purpose: 'personal-offers', allowed: true, requestId: fresh() }
    expect((await me.ask('POST /me/consents', allow)).body.code).toBe('consent.of-child')
    const { guardian } = await admin.call('GET /admin/members/:memberId/consents', { memberId })
    expect(guardian).toMatchObject({ version: agreement, confirmedAt: world.clock.now(), withdrawnAt: null })
  })

  it('who joins without stating an age, by an older release, is not asked', async () => {
    const child = await world.aPerson()
    expect((await join(child, { age: undefined, agreement: undefined })).status).toBe(200)
  })
})

describe('the link to the guardian', () => {
  it('works for two hours, and after the confirmation a day for joining', async () => {
    const [late, early] = [await aChild(), await aChild()]
    const guardian = await world.aPerson()
    expect((await confirm(guardian, early.guardianCode)).status).toBe(200)
    world.clock.travel(2 * HOUR_MS)
    expect((await open(guardian, late.guardianCode)).body.code).toBe('guardian.link-over')
    world.clock.travel(22 * HOUR_MS)
    expect((await join(early.child)).body.code).toBe('guardian.needed')
  })

  it('works once: another guardian is refused, and the same one gets the same answer', async () => {
    const { guardianCode } = await aChild()
    const [guardian, other] = [await world.aPerson(), await world.aPerson()]
    const first = await confirm(guardian, guardianCode)
    expect((await confirm(guardian, guardianCode)).body).toEqual(first.body)
    expect((await confirm(other, guardianCode)).body.code).toBe('guardian.confirmed')
  })

  it('of twenty guardians at once takes one', async () => {
    const { guardianCode } = await aChild()
    const people = await Promise.all(Array.from({ length: 20 }, () => world.aPerson()))
    const answers = await Promise.all(people.map((person) => confirm(person, guardianCode)))
    expect(answers.filter(({ status }) => status === 200).length).toBe(1)
    expect(answers.filter(({ body }) => body.code === 'guardian.confirmed').length).toBe(19)
  })

  it('sent twenty times by one guardian makes one consent', async () => {
    const { child, guardianCode } = await aChild()
    const guardian = await world.aPerson()
    const { guardianTicket } = (await open(guardian, guardianCode)).body
    const phoneCode = await world.phoneCode(guardian.openid)
    const input = { guardianCode, guardianTicket, phoneCode, agreement, requestId: fresh() }
    const send = () => visitor().ask('POST /guardian-requests/confirmation', input)
    const answers = await Promise.all(Array.from({ length: 20 }, send))
    // WeChat takes the code of the number once: who comes too early asks again.
    expect(answers.every(({ status, body }) => status === 200 || body.code === 'wechat.phone-code-invalid')).toBe(true)
    expect((await send()).body.state).toBe('confirmed')
    expect((await join(child)).status).toBe(200)
  })

  it('is replaced by a newer one', async () => {
    const { signUpTicket, guardianCode } = await aChild()
    const { code } = await visitor().call('POST /guardian-requests', { signUpTicket })
    const guardian = await world.aPerson()
    expect((await confirm(guardian, guardianCode)).body.code).toBe('ticket.invalid')
    expect((await open(guardian, guardianCode)).body.code).toBe('guardian.link-over')
    expect((await confirm(guardian, code)).status).toBe(200)
    const more = await visitor().ask('POST /guardian-requests', { signUpTicket })
    expect(more.body.code).toBe('guardian.confirmed')
  })

  it('can be made ten times a day', async () => {
    const { signUpTicket } = await aChild()
    const again = () => visitor().ask('POST /guardian-requests', { signUpTicket })
    const answers = await Promise.all(Array.from({ length: 15 }, again))
    expect(answers.filter(({ status }) => status === 200).length).toBe(9)
    expect((await again()).body.code).toBe('guardian.too-many')
    world.clock.travelDays(1)
    expect((await again()).status).toBe(200)
  })

  it('is stored as a hash only, and the number sealed', async () => {
    const { guardianCode } = await aChild()
    const guardian = await world.aPerson('13877778888')
    await confirm(guardian, guardianCode)
    const rows = JSON.stringify(await world.db.select().from(guardianRequests))
    expect(rows).not.toContain(guardianCode)
    expect(rows).not.toContain('13877778888')
    expect(rows).not.toContain(guardian.openid)
  })

  it.each(['', 'x', "' OR 1=1 --".padEnd(43, 'x'), '<script>'.padEnd(43, 'x'), '码'.repeat(43), 'A'.repeat(44)])(
    'with the code %j is refused as input',
    async (guardianCode) => {
      expect((await open(await world.aPerson(), guardianCode)).body.code).toBe('input.invalid')
    },
  )

  it('that nobody sent is over', async () => {
    expect((await open(await world.aPerson(), 'A'.repeat(43))).body.code).toBe('guardian.link-over')
  })
})

describe('who is no guardian', () => {
  it('is the child itself, by WeChat account or by phone number', async () => {
    const { child, guardianCode } = await aChild()
    expect((await confirm(child, guardianCode)).body.code).toBe('guardian.same-person')
    const second = await aChild()
    const guardian = await world.aPerson()
    await world.control('trait', { openid: guardian.openid, phone: second.child.phone })
    expect((await confirm(guardian, second.guardianCode)).status).toBe(200)
    expect((await join(second.child)).body.code).toBe('guardian.same-phone')
  })

  it('is a member who needs a guardian too', async () => {
    const { child: young } = await aYoungMember()
    const { guardianCode } = await aChild()
    expect((await confirm(young, guardianCode)).body.code).toBe('guardian.is-child')
  })

  it('is somebody with a forged ticket, or with a version that was not shown', async () => {
    const { guardianCode } = await aChild()
    const guardian = await world.aPerson()
    const { child } = await aChild()
    const guardianTicket = await world.aTicket(child.openid)
    expect((await confirm(guardian, guardianCode, { guardianTicket })).body.code).toBe('ticket.invalid')
    expect((await confirm(guardian, guardianCode, { agreement: 99 })).body.code).toBe('agreement.changed')
    expect((await confirm(guardian, guardianCode)).status).toBe(200)
  })
})

describe('the merchant', () => {
  it('sees the number of the guardian masked, and the whole of it on the record', async () => {
    const { memberId, guardian } = await aYoungMember()
    const shown = await admin.call('GET /admin/members/:memberId/consents', { memberId })
    expect(shown.guardian!.phoneMasked).toMatch(/^\d{3}\*{4}\d{4}$/)
    const { phone } = await admin.call('POST /admin/members/:memberId/guardian/reveal', { memberId })
    expect(phone).toBe(guardian.phone)
    const line = and(eq(auditLog.action, 'member.phone-reveal'), eq(auditLog.subject, `member/${memberId}`))
    const lines = await world.db.select().from(auditLog).where(line)
    expect(lines.map(({ text }) => text)).toEqual([expect.stringMatching(/^查看监护人的完整手机号 \d{3}\*{4}\d{4}$/)])
    const other = await world.aMember()
    const none = await admin.ask('POST /admin/members/:memberId/guardian/reveal', { memberId: other })
    expect(none.body.code).toBe('guardian.none')
  })

  it('ends the membership for a guardian who withdraws, and the child cannot stay', async () => {
    const { memberId, me } = await aYoungMember()
    const points = (await world.account(memberId)).balance
    const op = 'POST /admin/members/:memberId/guardian/withdrawal'
    const input = { memberId, points, reason: '母亲来电', requestId: fresh() }
    expect((await admin.ask(op, { ...input, points: points + 1, requestId: fresh() })).body.code).toBe(
      'leaving.changed',
    )
    expect((await admin.ask(op, input)).body.request).toMatchObject({ byShop: true })
    expect((await me.ask('DELETE /me/leaving')).body.code).toBe('leaving.by-guardian')
    world.clock.travelDays(8)
    await jobs(world.server)
      .find(({ name }) => name === 'end-memberships')!
      .run()
    const [row] = await world.db.select().from(guardians).where(eq(guardians.memberId, memberId))
    expect(row).toMatchObject({ phoneSealed: '', phoneMasked: '' })
    expect(row!.withdrawnAt).not.toBeNull()
    expect((await world.account(memberId)).standing).toBe('cancelled')
  })

  it('takes the withdrawal back, when the guardian thinks again', async () => {
    const { memberId, me } = await aYoungMember()
    const points = (await world.account(memberId)).balance
    const input = { memberId, points, reason: '父亲来电', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/guardian/withdrawal', input)
    await admin.call('DELETE /admin/members/:memberId/leaving', { memberId })
    const { guardian } = await admin.call('GET /admin/members/:memberId/consents', { memberId })
    expect(guardian!.withdrawnAt).toBeNull()
    expect((await me.call('GET /me')).leavingOn).toBeNull()
  })

  it('withdraws for nobody without a guardian', async () => {
    const memberId = await world.aMember()
    const input = { memberId, points: 0, reason: '来电', requestId: fresh() }
    const answer = await admin.ask('POST /admin/members/:memberId/guardian/withdrawal', input)
    expect(answer.body.code).toBe('guardian.none')
    expect((await admin.call('GET /admin/members/:memberId/leaving', { memberId })).request).toBeNull()
  })
})

describe('the record of the guardian', () => {
  it('is in the export, with the number masked', async () => {
    const { me, guardian } = await aYoungMember()
    const { body } = await me.ask('GET /me/export', { format: 'json' })
    expect(body.资料.监护人的同意).toMatchObject([{ 协议版本: `第 ${agreement} 版`, 撤回时间: null }])
    expect(JSON.stringify(body)).not.toContain(guardian.phone)
  })

  it('goes to the kept record of a merge', async () => {
    const { memberId: doubleId } = await aYoungMember()
    const memberId = await world.aMember()
    const merge = { memberId, doubleId, reason: '同一人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    await world.settle()
    const shown = await admin.call('GET /admin/members/:memberId/consents', { memberId })
    expect(shown.guardian).not.toBeNull()
    expect(shown.purposes[1]).toMatchObject({ allowed: false })
  })

  it('of a request is deleted a day after its time is over', async () => {
    const { guardianCode } = await aChild()
    await confirm(await world.aPerson(), guardianCode)
    const sweep = jobs(world.server).find(({ name }) => name === 'sweep-guardian-requests')!
    world.clock.travelDays(1)
    await sweep.run()
    expect(await world.db.$count(guardianRequests)).toBeGreaterThan(0)
    world.clock.travelDays(2)
    await sweep.run()
    expect(await world.db.$count(guardianRequests)).toBe(0)
  })
})
