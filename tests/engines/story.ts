import { setTimeout as sleep } from 'node:timers/promises'
import { readEnv } from '@pointbook/config/env'
import { type Call, client, Refused } from '@pointbook/shared/client'

// Text with characters that are special in SQL: both kinds of quotes, a backslash, a comment, an operator.
const NICKNAME = `小"王'\\ || -- %`
const INJECTION = `x\\' OR 1=1 -- `
const A_MONTH_AND_MORE = 32
const PATIENCE_MS = 30_000
const PAUSE_MS = 200

interface Places {
  server: string
  sandbox: string
  /** An action on the database in the middle of the story, beside a purchase. */
  during(buy: () => Promise<unknown>): Promise<void>
}

/**
 * The first month of a shop: people sign up, one buys, redeems a gift and lets the remaining points expire. Returns all faults.
 */
export async function tell({ server, sandbox, during }: Places): Promise<string[]> {
  const wrongs: string[] = []
  const expect = (isSo: boolean, wrong: string) => {
    if (!isSo) wrongs.push(wrong)
  }
  const admin = await logIn(server)
  const { storeId } = await admin('POST /admin/stores', { ...aStore, requestId: 'engine-store' })
  const { itemId } = await admin('POST /admin/items', { ...anItem, requestId: 'engine-item' })
  const { inForce, latest: basedOn } = await admin('GET /admin/policy')
  const policy = { ...inForce, expiry: { life: endOfMonth, bySource: [], extension: null } }
  await admin('POST /admin/policies', { policy, note: '当月有效', basedOn, requestId: 'engine-policy' })
  const [clerk, member] = [await signUp(server, sandbox), await signUp(server, sandbox)]
  await admin('PUT /admin/staff/:memberId', {
    memberId: clerk.memberId,
    role: 'clerk',
    storeIds: [storeId],
    revision: null,
  })

  await member.call('POST /me/profile', { nickname: NICKNAME })
  expect((await member.call('GET /me')).profile.nickname === NICKNAME, 'the nickname is stored otherwise than written')
  const totalOf = async (q: string) => (await admin('POST /admin/members/search', { q })).total
  expect((await totalOf(NICKNAME)) === 1, 'the nickname is not found as written')
  expect((await totalOf(INJECTION)) === 0, 'a search is taken for SQL')

  const { code } = await member.call('GET /me/code')
  const scan = await clerk.call('POST /clerk/scans', { code, storeId, requestId: 'engine-scan' })
  if (scan.kind !== 'member') throw new Error('the code is no member code')
  let receipts = 0
  const buy = async () => {
    const receiptNo = `R${++receipts}`
    const receipt = { visit: scan.visit, storeId, receiptNo, requestId: `engine-${receiptNo}`, lines: [aLine] }
    const [first, again] = [
      await clerk.call('POST /clerk/purchases', receipt),
      await clerk.call('POST /clerk/purchases', receipt),
    ]
    expect(
      'seq' in first && JSON.stringify(first) === JSON.stringify(again),
      `purchase ${receiptNo} sent twice is made twice`,
    )
  }
  await buy()
  await during(buy)

  const wanted = { itemId, quantity: 1, storeId, requestId: 'engine-gift' }
  const redemption = await member.call('POST /mall/redemptions', wanted)
  const again = await member.call('POST /mall/redemptions', wanted)
  expect(redemption.order.orderNo === again.order.orderNo, 'a gift taken twice is two gifts')
  const { rows } = await admin('GET /admin/items')
  expect(
    rows.find((row) => row.itemId === itemId)?.stock === anItem.stock - 1,
    'the stock does not fit the gifts taken',
  )

  const { expiredPoints } = await admin('POST /admin/clock', { days: A_MONTH_AND_MORE })
  expect(expiredPoints > 0, 'no points have ended with their month')
  expect(
    (await admin('GET /admin/members/:memberId', { memberId: member.memberId })).points.balance === 0,
    'points are left that should have ended',
  )
  const { report } = await admin('POST /admin/ledger-audit')
  expect(report.passed, `the books do not balance: ${report.checks.flatMap(({ faults }) => faults).join('; ')}`)
  return wrongs
}

const aStore = { name: '人民广场店', address: '', hours: '', open: true }
const anItem = {
  ...{ name: '帆布袋', category: '生活', pictureUrl: '', points: 10, worthFen: 500, description: '', instructions: '' },
  ...{ limitPerMember: null, listed: true, position: 0, stock: 3 },
}
const endOfMonth = { type: 'month-end', months: 0 } as const
const aLine = { name: '拿铁', quantity: 1, amountFen: 20_000 }

/** A caller that retries after 503, as phones and tills do, up to a limit. */
function speaker(server: string, headers: Record<string, string>): Call {
  const call = client(async ({ method, path, body }) => {
    const response = await fetch(server + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const isAdvised = response.status !== 503 || response.headers.has('retry-after')
    if (!isAdvised) throw new Error(`${method} ${path}: 503 without Retry-After`)
    return { status: response.status, body: await response.json() }
  })
  return async (op, ...input) => {
    const deadline = performance.now() + PATIENCE_MS
    for (;;)
      try {
        return await call(op, ...input)
      } catch (error) {
        const comesAgain = error instanceof Refused && error.status === 503 && performance.now() < deadline
        if (!comesAgain) throw error instanceof Refused ? new Error(`${op}: ${error.status} ${error.code}`) : error
        await sleep(PAUSE_MS)
      }
  }
}

async function logIn(server: string): Promise<Call> {
  const { adminLogin: login, adminPassword: password } = readEnv({}, { mode: 'test' })
  const response = await fetch(`${server}/admin/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!)
  if (!response.ok) throw new Error(`POST /admin/session: ${response.status}`)
  return speaker(server, { cookie: cookies.join('; ') })
}

/** Somebody of the sandbox's WeChat becomes a member. */
async function signUp(server: string, sandbox: string) {
  // biome-ignore lint/suspicious/noExplicitAny: the reply is whatever its path promises.
  const control = async (path: string, body: object): Promise<any> =>
    (
      await fetch(`${sandbox}/control/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()
  const { openid } = await control('people', {})
  const anyone = speaker(server, {})
  const login = await anyone('POST /session/wechat', { code: (await control('login-code', { openid })).code })
  if (login.known) throw new Error('a stranger is known')
  const { tokens } = await anyone('POST /members', {
    signUpTicket: login.signUpTicket,
    phoneCode: (await control('phone-code', { openid })).code,
    agreed: true,
    requestId: `engine-${openid}`.slice(0, 40),
  })
  const call = speaker(server, { authorization: `Bearer ${tokens.accessToken}` })
  return { call, memberId: (await call('GET /me')).memberId }
}
