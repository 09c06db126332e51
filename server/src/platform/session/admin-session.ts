import type { Env } from '@pointbook/config/env'
import { addMs, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { eq, lt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database, Transaction } from '../database/pool.ts'
import { newToken, sha256 } from '../secrets.ts'
import { adminSessions } from './tables.ts'

/** A browser keeps a `__Host-` cookie only over TLS, for this very host, and takes none of that name from a sub-domain. */
const cookieOf = ({ publicUrl }: Env) => (isHttps(publicUrl) ? '__Host-pointbook_panel' : 'pointbook_panel')
const isHttps = (url: string) => url.startsWith('https:')

const SESSION_MS = 12 * 3_600_000

/** Logs a panel user in: an httpOnly cookie that only this site sends. */
export async function openAdminSession(tx: Transaction, env: Env, reply: FastifyReply, login: string): Promise<void> {
  const token = newToken()
  const now = instant(new Date())
  await tx.delete(adminSessions).where(lt(adminSessions.endsAt, now))
  await tx.insert(adminSessions).values({ tokenHash: sha256(token), login, endsAt: addMs(now, SESSION_MS) })
  reply.setCookie(cookieOf(env), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isHttps(env.publicUrl),
    maxAge: SESSION_MS / 1000,
  })
}

/**
 * Refuses with `session.elsewhere` a request of another site's page, or of a panel opened at an address whose cookie the browser
 * would not store.
 */
export function requireOwnPage({ publicUrl }: Env, { headers }: FastifyRequest): void {
  const { origin, host } = headers
  if (origin === undefined) return
  const own = new URL(publicUrl)
  const isOwn = origin === own.origin || origin === `${own.protocol}//${host}`
  if (!isOwn) throw new Refusal('session.elsewhere', { address: `${publicUrl}/panel/` })
}

/** The login of the session's owner; throws `session.missing`, `session.expired` or `session.elsewhere`. */
export async function adminLoginOf(db: Database, env: Env, request: FastifyRequest): Promise<string> {
  requireOwnPage(env, request)
  const token = request.cookies[cookieOf(env)]
  if (!token) throw new Refusal('session.missing')
  const [session] = await db
    .select()
    .from(adminSessions)
    .where(eq(adminSessions.tokenHash, sha256(token)))
  if (!session || session.endsAt < instant(new Date())) throw new Refusal('session.expired')
  return session.login
}

export async function closeAdminSession(
  db: Database,
  env: Env,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const token = request.cookies[cookieOf(env)]
  if (token) await db.delete(adminSessions).where(eq(adminSessions.tokenHash, sha256(token)))
  reply.clearCookie(cookieOf(env), { path: '/', secure: isHttps(env.publicUrl) })
}
