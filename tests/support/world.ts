import { type App, buildApp } from '@pointbook/server/app'
import { send } from '@pointbook/server/book/events'
import { policies } from '@pointbook/server/book/tables'
import { members } from '@pointbook/server/features/members/directory/tables'
import { ensureAdmin } from '@pointbook/server/features/shop/accounts/log-in'
import { staff, staffStores } from '@pointbook/server/features/shop/staff/tables'
import { mallItems, mallStockTable } from '@pointbook/server/features/spending/mall/tables'
import { newToken, sha256 } from '@pointbook/server/platform/secrets'
import { openSession } from '@pointbook/server/platform/session/member-session'
import { adminSessions } from '@pointbook/server/platform/session/tables'
import { type Call, client, requestFor } from '@pointbook/shared/client'
import type { Operation } from '@pointbook/shared/contract/index'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addMs, instant } from '@pointbook/shared/day'
import { RELEASE, RELEASE_HEADER } from '@pointbook/shared/release'
import { eq, max } from 'drizzle-orm'
import { anOutside, fresh, type ServerOptions } from './server.ts'

export { fresh, NOON } from './server.ts'

interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: the tests state what they expect of it
  body: any
}

/** Somebody who speaks with the server: typed calls, or any request at all. */
export interface Speaker {
  /** Throws `Refused` for every answer that is not a success, and an error where an approval is needed. */
  call: CallAtOnce
  /** Sends any input and returns any answer: for bad input. `query` is added to the address as it stands. */
  ask(op: string, input?: object, query?: string): Promise<Answer>
  headers: Record<string, string>
}

/** What the mini-program and the panel of this release send. */
const ofThisRelease = { [RELEASE_HEADER]: String(RELEASE) }

/** The whole server as it runs, over a database of the test's own and a clock that stands still. */
export async function aWorld(options: ServerOptions = {}) {
  const base = await anOutside(options)
  const { db, clock, outside } = base
  const app: App = await buildApp(outside)
  const { book } = app.server
  await ensureAdmin(outside)

  function speaker(headers: Record<string, string> = {}, remoteAddress = '127.0.0.1'): Speaker {
    const ask = async (op: string, input: object = {}, query = ''): Promise<Answer> => {
      const { method, path, body } = requestFor(op, input)
      const response = await app.http.inject({
        method: method as 'GET',
        url: withQuery(path, query),
        headers,
        remoteAddress,
        ...(body === undefined ? {} : { payload: body as object }),
      })
      return {
        status: response.statusCode,
        body: response.headers['content-type']?.toString().includes('json') ? response.json() : response.body,
      }
    }
    return {
      ask,
      headers,
      call: atOnce(
        client(async ({ method, path, body }) => {
          const response = await app.http.inject({
            method: method as 'GET',
            url: path,
            headers,
            ...(body === undefined ? {} : { payload: body as object }),
          })
          return { status: response.statusCode, body: response.json() }
        }),
      ),
    }
  }

  /** Records an invitation for a member, and waits for its effects. */
  async function bring(memberId: number, inviteCode: string) {
    await db.update(members).set({ source: 'invitation' }).where(eq(members.id, memberId))
    await send(db, 'member.registered', { memberId, inviteCode }, clock.now())
    await app.outbox.drain()
  }

  const aMember = (person: Parameters<typeof base.aMember>[0] = {}) => base.aMember(person, book)

  async function asMember(memberId: number): Promise<Speaker> {
    const { accessToken } = await openSession(app.http, db, memberId)
    return speaker({ authorization: `Bearer ${accessToken}`, ...ofThisRelease })
  }

  /** A clerk, who is a member with a staff role at the stores. */
  async function aClerk(storeIds: number[], role: 'clerk' | 'manager' = 'clerk') {
    const memberId = await aMember({ nickname: '店员' })
    await db.insert(staff).values({ memberId, role, since: clock.now() })
    await db.insert(staffStores).values(storeIds.map((storeId) => ({ memberId, storeId })))
    return { memberId, ...(await asMember(memberId)) }
  }

  async function asAdmin(): Promise<Speaker> {
    const token = newToken()
    const endsAt = addMs(instant(new Date()), 12 * 3_600_000)
    await db.insert(adminSessions).values({ tokenHash: sha256(token), login: outside.env.adminLogin, endsAt })
    return speaker({ cookie: `pointbook_panel=${token}`, ...ofThisRelease })
  }

  async function anItem({
    points = 100,
    stock = 10,
    limitPerMember = null as number | null,
    listed = true,
    name = '帆布袋',
    category = '生活',
  } = {}): Promise<number> {
    const [{ insertId: itemId }] = await db.insert(mallItems).values({
      name,
      category,
      pictureUrl: '',
      worthFen: 5_000,
      description: '',
      instructions: '',
      position: 0,
      madeAt: clock.now(),
    })
    await db.insert(mallStockTable).values({ itemId, points, limitPerMember, listed, stock, redeemed: 0 })
    return itemId
  }

  /** The member shows the code, the clerk scans it: the ticket for serving this member. */
  async function aVisit(clerk: Speaker, memberId: number, storeId: number): Promise<string> {
    const { code } = await (await asMember(memberId)).call('GET /me/code')
    const scanned = await clerk.call('POST /clerk/scans', { code, storeId, requestId: fresh('scan') })
    if (scanned.kind !== 'member') throw new Error('that was no member code')
    return scanned.visit
  }

  /** A purchase of the given lines, from showing the code to the receipt. */
  async function buy(clerk: Speaker, memberId: number, storeId: number, amountsFen: number[], receiptNo = fresh('R')) {
    const visit = await aVisit(clerk, memberId, storeId)
    const lines = amountsFen.map((amountFen, index) => ({ name: `商品${index + 1}`, quantity: 1, amountFen }))
    return clerk.call('POST /clerk/purchases', { visit, storeId, requestId: fresh('draft'), receiptNo, lines })
  }

  return {
    ...base,
    app,
    book,
    server: app.server,
    aMember,
    asMember,
    aClerk,
    asAdmin,
    anItem,
    aVisit,
    buy,
    bring,
    anyone: (remoteAddress?: string) => speaker({}, remoteAddress),
    speaker,
    /** Handles everything that waits in the outbox, and what that causes. */
    settle: () => app.outbox.drain(),
    close: async () => {
      await app.close()
      await base.close()
    },
  }
}

/** Calls of operations that no second person has to approve. */
type CallAtOnce = Call<{ waiting: { approvalId: number } }>

function atOnce(call: Call): CallAtOnce {
  const ask = async (op: Operation, input: never) => {
    const reply = await (call as (op: Operation, input: never) => Promise<{ waiting?: object }>)(op, input)
    if ('approvalId' in Object(reply.waiting)) throw new Error('it waits for an approval')
    return reply
  }
  return ask as unknown as CallAtOnce
}

/** The address with more in its query. */
export const withQuery = (path: string, query: string): string =>
  query ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path

/** Puts a policy into force at once, without publishing it. */
export async function putInForce({ db, clock }: Awaited<ReturnType<typeof aWorld>>, policy: Policy) {
  const [latest] = await db.select({ version: max(policies.version) }).from(policies)
  const at = clock.now()
  const by = { note: '', publishedAt: at, publishedBy: 'system', effectiveAt: at }
  await db.insert(policies).values({ version: latest!.version! + 1, name: policy.name, document: policy, ...by })
}

/** Publishes a policy based on the latest one, as the merchant does; `more` overrides the input. */
export async function publish(admin: Speaker, policy: Policy, more: object = {}): Promise<Answer> {
  const { latest } = await admin.call('GET /admin/policy')
  return admin.ask('POST /admin/policies', { policy, note: '试一试', basedOn: latest, requestId: fresh(), ...more })
}
