import type { Env } from '@pointbook/config/env'
import { addMs, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, desc, eq, gte, isNull, lt, ne, or } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database, Transaction } from '../database/pool.ts'
import { addressOf } from '../proxies.ts'
import { newToken, sha256 } from '../secrets.ts'
import { adminSessions } from './tables.ts'

/** A browser keeps a `__Host-` cookie only over TLS, for this very host, and takes none of that name from a sub-domain. */
const cookieOf = ({ publicUrl }: Env) => (isHttps(publicUrl) ? '__Host-pointbook_panel' : 'pointbook_panel')
const isHttps = (url: string) => url.startsWith('https:')

// OWASP ASVS 4.0.3, 3.3.2: a log-in ends after twelve hours, or after half an hour without a request.
const SESSION_MS = 12 * 3_600_000
const IDLE_MS = 30 * 60_000
/** How often a session notes that it was used. */
const NOTED_MS = 60_000
const LONGEST_DEVICE = 200

/** Logs a panel user in: an httpOnly cookie that only this site sends. */
export async function openAdminSession(
  tx: Transaction,
  env: Env,
  { request, reply, login }: { request: FastifyRequest; reply: FastifyReply; login: string },
): Promise<void> {
  const token = newToken()
  const now = instant(new Date())
  await tx.delete(adminSessions).where(lt(adminSessions.endsAt, now))
  const device = (request.headers['user-agent'] ?? '').slice(0, LONGEST_DEVICE)
  const seen = { address: addressOf(request), device, openedAt: now, lastSeenAt: now }
  await tx.insert(adminSessions).values({ tokenHash: sha256(token), login, endsAt: addMs(now, SESSION_MS), ...seen })
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

export interface AdminSession {
  login: string
  tokenHash: string
}

/** The session of a request, which notes its use unless the panel `polled` by itself; throws `session.missing`, `session.expired` or `session.elsewhere`. */
export async function adminSessionOf(
  db: Database,
  env: Env,
  request: FastifyRequest,
  polled = false,
): Promise<AdminSession> {
  requireOwnPage(env, request)
  const token = request.cookies[cookieOf(env)]
  if (!token) throw new Refusal('session.missing')
  const tokenHash = sha256(token)
  const [session] = await db.select().from(adminSessions).where(eq(adminSessions.tokenHash, tokenHash))
  const now = instant(new Date())
  if (!session || session.endsAt < now) throw new Refusal('session.expired')
  if (session.lastSeenAt && session.lastSeenAt < addMs(now, -IDLE_MS)) throw new Refusal('session.expired')
  if (!polled && (!session.lastSeenAt || session.lastSeenAt < addMs(now, -NOTED_MS)))
    await db.update(adminSessions).set({ lastSeenAt: now }).where(eq(adminSessions.tokenHash, tokenHash))
  return { login: session.login, tokenHash }
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

/** The open log-ins of an account, the latest first. */
export function readAdminSessions(db: Database, login: string) {
  const now = instant(new Date())
  const [seen, idleSince] = [adminSessions.lastSeenAt, addMs(now, -IDLE_MS)]
  return db
    .select()
    .from(adminSessions)
    .where(and(eq(adminSessions.login, login), gte(adminSessions.endsAt, now), or(isNull(seen), gte(seen, idleSince))))
    .orderBy(desc(adminSessions.openedAt), adminSessions.tokenHash)
}

/** Ends the log-ins of an account, all or all but one; their number. */
export async function endAdminSessions(tx: Transaction, login: string, but = ''): Promise<number> {
  const [{ affectedRows }] = await tx
    .delete(adminSessions)
    .where(and(eq(adminSessions.login, login), ne(adminSessions.tokenHash, but)))
  return affectedRows
}
