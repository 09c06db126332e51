import { admins } from '@pointbook/server/features/shop/accounts/tables'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { hashPassword } from '@pointbook/server/platform/passwords'
import { RELEASE, RELEASE_HEADER } from '@pointbook/shared/release'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { aWorld, fresh, type Speaker } from './world.ts'

export let world: Awaited<ReturnType<typeof aWorld>>
export let owner: Speaker
let passwordHash: string

export const MINUTE = 60_000
export const OWN_PASSWORD = '晴天去海边捡贝壳看日落 42'

/** A shop whose owner is logged in. */
export function inAShopWithAccounts() {
  beforeAll(async () => {
    world = await aWorld()
    owner = await world.asAdmin()
    passwordHash = await hashPassword(OWN_PASSWORD)
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  afterAll(() => world.close())
}

export const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })

export interface Typed {
  login: string
  password: string
  code?: string
}

/** An attempt to log in with a device that the account was not used with. */
export const byStranger = (login: string, address = '127.0.0.1') => ({ login, address, deviceId: null, device: '' })

/** `cookie` is what the browser has from before. */
export async function logIn({ login, password, code }: Typed, agent = 'a browser', cookie = '') {
  const response = await world.app.http.inject({
    method: 'POST',
    url: '/admin/session',
    headers: { 'user-agent': agent, cookie },
    payload: { login, password, code },
  })
  const given = response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const speaker = world.speaker({ cookie: given, [RELEASE_HEADER]: String(RELEASE) })
  return { status: response.statusCode, body: response.json(), speaker, cookie: given }
}

interface Fields {
  role?: string
  storeIds?: number[] | null
}

/** An account with a password of its own, logged in. */
export async function anAccount({ role = 'service', storeIds = null }: Fields = {}) {
  const login = fresh('clerk')
  await world.db.insert(admins).values({ login, name: '小陈', role, storeIds, passwordHash })
  const { speaker, cookie } = await logIn({ login, password: OWN_PASSWORD })
  return { login, speaker, cookie }
}

export const change = async (login: string, changes: object) => {
  const { rows } = await owner.call('GET /admin/accounts')
  const { name, role, storeIds, active, revision } = rows.find((row) => row.login === login)!
  return owner.ask('PATCH /admin/accounts/:login', { login, name, role, storeIds, active, revision, ...changes })
}

/** The lines of the audit log about an account. */
export const linesOf = (login: string) =>
  world.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.subject, `admin/${login}`))
    .orderBy(auditLog.id)
