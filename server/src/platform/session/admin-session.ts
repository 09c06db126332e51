import type { Env } from '@pointbook/config/env'
import { addMs, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, desc, eq, gte, isNull, lt, ne, or } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database, Transaction } from '../database/pool.ts'
import { addressOf } from '../proxies.ts'
import { newToken, sha256 } from '../secrets.ts'
import { cookieName, cookieRules } from './panel-cookies.ts'
import { adminSessions } from './tables.ts'

const cookieOf = (env: Env) => cookieName(env, 'pointbook_panel')

// OWASP ASVS 4.0.3, 3.3.2: a log-in ends after twelve hours, or after half an hour without a request.
const SESSION_MS = 12 * 3_600_000
const IDLE_MS = 30 * 60_000
/** How often a session notes that it was used. */
const NOTED_MS = 60_000
const LONGEST_DEVICE = 200

interface Opening {
  request: FastifyRequest
  reply: FastifyReply
  login: string
  /** The device, as `noteDevice` gave it. */
  deviceId: number
}

/** Logs a panel user in: an httpOnly cookie that only this site sends. Returns the hash of its token. */
export async function openAdminSession(
  tx: Transaction,
  env: Env,
  { request, reply, login, deviceId }: Opening,
): Promise<string> {
  const token = newToken()
  const now = instant(new Date())
  await tx.delete(adminSessions).where(lt(adminSessions.endsAt, now))
  const seen = { address: addressOf(request), device: browserOf(request), deviceId, openedAt: now, lastSeenAt: now }
  const tokenHash = sha256(token)
  await tx.insert(adminSessions).values({ tokenHash, login, endsAt: addMs(now, SESSION_MS), ...seen })
  reply.setCookie(cookieOf(env), token, { ...cookieRules(env), maxAge: SESSION_MS / 1000 })
  return tokenHash
}

/** The browser's own words (User-Agent). */
export const browserOf = ({ headers }: FastifyRequest): string => (headers['user-agent'] ?? '').slice(0, LONGEST_DEVICE)

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
  /** Null for a log-in of the previous release. */
  deviceId: number | null
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
  return { login: session.login, tokenHash, deviceId: session.deviceId }
}

export async function closeAdminSession(
  db: Database,
  env: Env,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const token = request.cookies[cookieOf(env)]
  if (token) await db.delete(adminSessions).where(eq(adminSessions.tokenHash, sha256(token)))
  const { path, secure } = cookieRules(env)
  reply.clearCookie(cookieOf(env), { path, secure })
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
