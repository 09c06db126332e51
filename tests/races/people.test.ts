import { pointsAccounts } from '@pointbook/server/book/tables'
import { type Newcomer, register } from '@pointbook/server/features/members/directory/register'
import { members } from '@pointbook/server/features/members/directory/tables'
import { checkLogin } from '@pointbook/server/features/shop/accounts/log-in'
import { countAttempt } from '@pointbook/server/features/shop/accounts/login-lock'
import { loginFailures } from '@pointbook/server/features/shop/accounts/tables'
import { openDatabase } from '@pointbook/server/platform/database/pool'
import { openSession } from '@pointbook/server/platform/session/member-session'
import { refreshTokens } from '@pointbook/server/platform/session/tables'
import type { Refusal } from '@pointbook/shared/refusals'
import { count, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byStranger } from '../support/panel-accounts.ts'
import { fresh } from '../support/server.ts'
import { aWorldWithWeChat } from '../support/wechat-world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>

beforeAll(async () => {
  world = await aWorldWithWeChat()
})
afterAll(() => world.close())

const times = <T>(count: number, run: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)))

const codeOf = (error: Refusal) => error.code

/** How often each answer came. */
function tally(answers: readonly (string | number)[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const answer of answers) sums[answer] = (sums[answer] ?? 0) + 1
  return sums
}

test('twenty people sign up with one phone at once: one becomes a member', async () => {
  const phone = '13800007777'
  const inputs = await times(20, async () => {
    const { openid } = await world.aPerson(phone)
    const [signUpTicket, phoneCode] = [await world.aTicket(openid), await world.phoneCode(openid)]
    return { signUpTicket, phoneCode, agreed: true, requestId: fresh() }
  })
  const answers = await times(20, (index) => world.anyone().ask('POST /members', inputs[index]!))
  expect(tally(answers.map(({ status, body }) => body.code ?? status))).toEqual({ 200: 1, 'member.phone-taken': 19 })
  const rows = await world.db.select().from(members).where(eq(members.phoneTail, '7777'))
  expect(rows).toHaveLength(1)
})

test('one person signs up forty times at once and is one member with one account', async () => {
  const newcomer: Newcomer = { openid: fresh('o'), phone: '13800008888', inviteCode: '', source: 'mini-program' }
  const ids = await times(40, () => register(world.server, newcomer))
  expect(new Set(ids).size).toBe(1)
  const [row] = await world.db
    .select({ accounts: count() })
    .from(pointsAccounts)
    .where(eq(pointsAccounts.memberId, ids[0]!))
  expect(row!.accounts).toBe(1)
})

test('one member code is scanned forty times at once and opens one visit', async () => {
  const storeId = await world.aStore()
  const clerk = await world.aClerk([storeId])
  const { code } = await (await world.asMember(await world.aMember())).call('GET /me/code')
  const answers = await times(40, () => clerk.ask('POST /clerk/scans', { code, storeId, requestId: fresh() }))
  expect(tally(answers.map(({ status, body }) => body.code ?? status))).toEqual({ 200: 1, 'member-code.used': 39 })
})

test('one scan sent forty times at once is one scan, answered forty times', async () => {
  const storeId = await world.aStore()
  const clerk = await world.aClerk([storeId])
  const { code } = await (await world.asMember(await world.aMember())).call('GET /me/code')
  const requestId = fresh()
  const answers = await times(40, () => clerk.ask('POST /clerk/scans', { code, storeId, requestId }))
  expect(tally(answers.map(({ status, body }) => body.code ?? status))).toEqual({ 200: 40 })
})

test('one refresh token used forty times at once has one successor, and the phone stays logged in (FS8)', async () => {
  const memberId = await world.aMember()
  const { refreshToken } = await openSession(world.app.http, world.db, memberId)
  const answers = await times(40, () => world.anyone().ask('POST /session/refresh', { refreshToken }))
  expect(tally(answers.map(({ status }) => String(status)))).toEqual({ 200: 40 })
  expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1)
  const kept = await world.db.select().from(refreshTokens).where(eq(refreshTokens.memberId, memberId))
  expect(kept.map(({ usedAt }) => usedAt === null).sort()).toEqual([false, true])
  expect(
    (await world.speaker({ authorization: `Bearer ${answers[39]!.body.accessToken}` }).ask('GET /me')).status,
  ).toBe(200)
})

test('a log-out during a refresh ends the session (FS8)', async () => {
  for (let round = 0; round < 10; round++) {
    const memberId = await world.aMember()
    const { accessToken, refreshToken } = await openSession(world.app.http, world.db, memberId)
    const me = world.speaker({ authorization: `Bearer ${accessToken}` })
    const [refreshed] = await Promise.all([
      world.anyone().ask('POST /session/refresh', { refreshToken }),
      me.ask('DELETE /session'),
    ])
    const newer = world.speaker({ authorization: `Bearer ${refreshed.body.accessToken ?? accessToken}` })
    expect([(await me.ask('GET /me')).status, (await newer.ask('GET /me')).status]).toEqual([401, 401])
    expect(await world.db.select().from(refreshTokens).where(eq(refreshTokens.memberId, memberId))).toEqual([])
  }
})

test('of forty simultaneous password guesses five count, and most are refused without a password check (FS3, FS13)', async () => {
  const { adminLogin } = world.env
  const guesses = await times(40, (index) =>
    checkLogin(world.server, byStranger(adminLogin, '10.0.0.1'), { password: `guess ${index}`, code: '' }).catch(
      codeOf,
    ),
  )
  expect(tally(guesses as string[])).toEqual({ 'login.wrong': 5, 'login.locked': 5, 'server.busy': 30 })
})

test('of 160 simultaneous guesses from as many addresses over two servers fifty count (FS21)', async () => {
  const { adminLogin: login } = world.env
  await world.db.delete(loginFailures)
  const other = openDatabase(world.env.databaseUrl!)
  const answers = await times(160, (index) =>
    countAttempt(index % 2 ? other.db : world.db, byStranger(login, `10.1.0.${index}`)).then(() => 'counted', codeOf),
  )
  await other.close()
  expect(tally(answers)).toEqual({ counted: 50, 'login.strangers-locked': 110 })
})

test('one store added forty times at once with one request is one store', async () => {
  const admin = await world.asAdmin()
  const input = { name: '只开一家', address: '', hours: '', open: true, requestId: fresh() }
  const stores = await times(40, () => admin.call('POST /admin/stores', input))
  expect(new Set(stores.map(({ storeId }) => storeId)).size).toBe(1)
  const { rows } = await admin.call('GET /admin/stores')
  expect(rows.filter(({ name }) => name === '只开一家')).toHaveLength(1)
})
