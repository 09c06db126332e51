import { openidHashes } from '@pointbook/server/features/members/directory/personal-data'
import { type Newcomer, register } from '@pointbook/server/features/members/directory/register'
import { members } from '@pointbook/server/features/members/directory/tables'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { earningBy } from '../../support/policies.ts'
import { aServer, fresh } from '../../support/server.ts'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>

beforeAll(async () => {
  world = await aWorldWithWeChat()
})
afterAll(() => world.close())

const newcomer: Newcomer = { openid: 'o-newcomer', phone: '13811112222', inviteCode: '', source: 'mini-program' }

const signUpInput = async (openid: string, more: object = {}) => ({
  signUpTicket: await world.aTicket(openid),
  phoneCode: await world.phoneCode(openid),
  agreed: true as const,
  requestId: fresh(),
  ...more,
})

async function signUp(openid: string, more: object = {}) {
  const reply = await world.anyone().call('POST /members', await signUpInput(openid, more))
  return { ...reply, me: world.speaker({ authorization: `Bearer ${reply.tokens.accessToken}` }) }
}

async function rowOf(openid: string) {
  const hashes = openidHashes(world.outside.keys, openid)
  return (await world.db.select().from(members).where(inArray(members.openidHash, hashes)))[0]
}

describe('signing up', () => {
  test('makes a member with the welcome points there at once', async () => {
    const { openid, phone } = await world.aPerson('13800001234')
    const { welcomePoints, invitedBy, me } = await signUp(openid)
    expect({ welcomePoints, invitedBy }).toEqual({ welcomePoints: 50, invitedBy: '' })
    const shown = await me.call('GET /me')
    expect(shown).toMatchObject({
      memberNo: String(shown.memberId),
      phoneMasked: '138****1234',
      standing: 'active',
      joinedAt: world.clock.now(),
      profile: { nickname: '微信用户1234', avatarUrl: '', sex: 'unknown', birthday: null, address: '' },
      points: { balance: 50, usable: 50, earned: 50, spent: 0, debt: 0, pending: 0 },
      staff: null,
      unreadMessages: 0,
    })
    expect(shown.memberId).toBeGreaterThanOrEqual(10_000_001)
    const [entry] = await world.entries(shown.memberId)
    expect(entry).toMatchObject({ cause: 'registration', delta: 50, why: [{ rule: 'registration', points: 50 }] })
    expect(phone).toBe('13800001234')
  })

  test('stores the phone number encrypted and searchable, and never as plain text', async () => {
    const { openid, phone } = await world.aPerson()
    await signUp(openid)
    const row = (await rowOf(openid))!
    expect(world.outside.keys.open(row.phoneSealed)).toBe(phone)
    expect(row.phoneHash).toBe(world.outside.keys.hash(phone))
    expect(row.phoneTail).toBe(phone.slice(-4))
    expect(JSON.stringify({ ...row, phoneSealed: '' })).not.toContain(phone)
  })

  test('keeps a foreign number with its country', async () => {
    const { openid, phone } = await world.aPerson()
    await world.control('trait', { openid, countryCode: '852' })
    await signUp(openid)
    expect(world.outside.keys.open((await rowOf(openid))!.phoneSealed)).toBe(`+852${phone}`)
  })

  test('uses the given nickname, without blanks around it', async () => {
    const { openid } = await world.aPerson()
    const { me } = await signUp(openid, { nickname: ' 小满 ' })
    expect((await me.call('GET /me')).profile.nickname).toBe('小满')
  })

  test('gives every member an invite code of eight unambiguous letters and digits', async () => {
    const { openid } = await world.aPerson()
    await signUp(openid)
    expect((await rowOf(openid))!.inviteCode).toMatch(/^[2-9A-HJKMNP-Z]{8}$/)
  })

  test('names the friend whose code was given', async () => {
    const inviter = await world.aPerson()
    await signUp(inviter.openid, { nickname: '沈嘉禾' })
    const { inviteCode } = (await rowOf(inviter.openid))!
    const { openid } = await world.aPerson()
    expect((await signUp(openid, { inviteCode })).invitedBy).toBe('沈嘉禾')
    expect((await rowOf(openid))!.source).toBe('invitation')
  })

  test('stores that a shared product brought the member (B23)', async () => {
    const inviter = await world.aPerson()
    await signUp(inviter.openid)
    const { inviteCode } = (await rowOf(inviter.openid))!
    const [friend, stranger] = [await world.aPerson(), await world.aPerson()]
    await signUp(friend.openid, { inviteCode, from: 'share' })
    await signUp(stranger.openid, { from: 'share' })
    expect((await rowOf(friend.openid))!.source).toBe('share')
    expect((await rowOf(stranger.openid))!.source).toBe('mini-program')
  })

  test('adds an event with the new member and the invite code', async () => {
    const { server, db, close } = await aServer()
    const memberId = await register(server, { ...newcomer, inviteCode: 'ABCD2345' })
    const sent = await db.select().from(outbox)
    expect(sent).toMatchObject([{ topic: 'member.registered', payload: { memberId, inviteCode: 'ABCD2345' } }])
    await close()
  })

  test('ignores an unknown invite code', async () => {
    const { openid } = await world.aPerson()
    expect((await signUp(openid, { inviteCode: 'ZZZZZZZZ' })).invitedBy).toBe('')
    expect((await rowOf(openid))!.source).toBe('mini-program')
  })

  test('sent again with the same ticket after its answer was lost, logs in and gives nothing twice', async () => {
    const { openid } = await world.aPerson()
    const input = await signUpInput(openid)
    const first = await world.anyone().call('POST /members', input)
    const again = await world.anyone().call('POST /members', input)
    expect(again).toMatchObject({ welcomePoints: 50, invitedBy: '' })
    expect(again.tokens.refreshToken).not.toBe(first.tokens.refreshToken)
    await world.settle()
    const me = await world.speaker({ authorization: `Bearer ${again.tokens.accessToken}` }).call('GET /me')
    expect(me.points.balance).toBe(50)
  })

  test('tapped twice never treats the member’s own phone as that of another member (FD9)', async () => {
    const { server, db, close } = await aServer()
    let tappedAgain: Promise<number> | null = null
    // The second tap is served whole between the first two reads of the first.
    const slow = new Proxy(db, {
      get: (target, key) =>
        key === 'select'
          ? (fields: never) => ({
              from: (table: never) => ({
                where: async (condition: never) => {
                  const rows = await target.select(fields).from(table).where(condition)
                  tappedAgain ??= register(server, newcomer)
                  await tappedAgain
                  return rows
                },
              }),
            })
          : Reflect.get(target, key),
    })
    const memberId = await register({ ...server, db: slow }, newcomer)
    expect(await tappedAgain).toBe(memberId)
    await close()
  })

  test('of a phone that belongs to another member is refused', async () => {
    const first = await world.aPerson('13800005555')
    await signUp(first.openid)
    const second = await world.aPerson('13800005555')
    const answer = await world.anyone().ask('POST /members', await signUpInput(second.openid))
    expect(answer).toMatchObject({ status: 409, body: { code: 'member.phone-taken' } })
    expect(await rowOf(second.openid)).toBeUndefined()
  })

  test("with somebody else's phone code is refused", async () => {
    const [one, other] = [await world.aPerson(), await world.aPerson()]
    const input = await signUpInput(one.openid, { phoneCode: await world.phoneCode(other.openid) })
    const answer = await world.anyone().ask('POST /members', input)
    expect(answer).toMatchObject({ status: 400, body: { code: 'wechat.phone-code-invalid' } })
    expect(await rowOf(one.openid)).toBeUndefined()
  })

  test('with an invented or used phone code asks for a new one', async () => {
    const { openid } = await world.aPerson()
    const answer = await world.anyone().ask('POST /members', await signUpInput(openid, { phoneCode: 'made-up' }))
    expect(answer).toMatchObject({ status: 400, body: { code: 'wechat.phone-code-invalid' } })
  })

  test('with a forged ticket, or a token of another kind, is refused', async () => {
    const member = await world.aMember()
    const { authorization } = (await world.asMember(member)).headers
    const visit = world.app.http.jwt.sign({ kind: 'visit', memberId: member, clerkId: member, openid: 'x' })
    for (const signUpTicket of [
      `${await world.aTicket((await world.aPerson()).openid)}x`,
      authorization!.slice(7),
      visit,
    ]) {
      const answer = await world.anyone().ask('POST /members', {
        signUpTicket,
        phoneCode: 'code',
        agreed: true,
        requestId: fresh(),
      })
      expect(answer).toMatchObject({ status: 401, body: { code: 'ticket.invalid' } })
    }
  })

  test('is possible for ten minutes after logging in', async () => {
    const { openid } = await world.aPerson()
    const input = await signUpInput(openid)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * 60_000 + 1_000 })
    try {
      const answer = await world.anyone().ask('POST /members', input)
      expect(answer.body.code).toBe('ticket.invalid')
    } finally {
      vi.useRealTimers()
    }
  })

  test.each([
    ['signUpTicket', 'short'],
    ['signUpTicket', 'with blanks and more than twenty letters'],
    ['phoneCode', ''],
    ['phoneCode', '码'],
    ['phoneCode', 'x'.repeat(201)],
    ['nickname', '   '],
    ['nickname', '一'.repeat(21)],
    ['inviteCode', 'abcdefgh'],
    ['inviteCode', "A' OR '1"],
    ['agreed', false],
    ['requestId', 'short'],
    ['points', 1_000],
  ])('refuses %s = %j by name', async (field, value) => {
    const { status, body } = await world.anyone().ask('POST /members', {
      signUpTicket: 'A'.repeat(20),
      phoneCode: 'code',
      agreed: true,
      requestId: fresh(),
      [field]: value,
    })
    expect({ status, code: body.code, field: body.detail.fields[0].field }).toEqual({
      status: 400,
      code: 'input.invalid',
      field,
    })
  })
})

describe('the welcome points', () => {
  test('are given by the outbox when the server died before it gave them', async () => {
    const memberId = await register(world.server, newcomer)
    expect((await world.account(memberId)).balance).toBe(0)
    await world.settle()
    await world.settle()
    expect((await world.account(memberId)).balance).toBe(50)
  })

  test('are none, and no entry, when the policy gives none', async () => {
    const quiet = await aWorldWithWeChat({ policy: { earning: earningBy([]) } })
    try {
      const { openid } = await quiet.aPerson()
      const reply = await quiet.anyone().call('POST /members', {
        signUpTicket: await quiet.aTicket(openid),
        phoneCode: await quiet.phoneCode(openid),
        agreed: true,
        requestId: fresh(),
      })
      expect(reply.welcomePoints).toBe(0)
      const me = await quiet.speaker({ authorization: `Bearer ${reply.tokens.accessToken}` }).call('GET /me')
      expect(await quiet.entries(me.memberId)).toEqual([])
    } finally {
      await quiet.close()
    }
  })
})
