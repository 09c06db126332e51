import { addMs, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { eq, lt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database/pool.ts'
import { newToken, sha256 } from '../secrets.ts'
import { adminSessions } from './tables.ts'

const COOKIE = 'pointbook_panel'
const SESSION_MS = 12 * 3_600_000

/** Logs a panel user in: an httpOnly cookie that only this site sends. */
export async function openAdminSession(
  db: Database,
  reply: FastifyReply,
  login: string,
  secure: boolean,
): Promise<void> {
  const token = newToken()
  const now = instant(new Date())
  await db.delete(adminSessions).where(lt(adminSessions.endsAt, now))
  await db.insert(adminSessions).values({ tokenHash: sha256(token), login, endsAt: addMs(now, SESSION_MS) })
  reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge: SESSION_MS / 1000 })
}

/** The login of the session's owner; throws `session.missing` or `session.expired`. */
export async function adminLoginOf(db: Database, request: FastifyRequest): Promise<string> {
  const token = request.cookies[COOKIE]
  if (!token) throw new Refusal('session.missing')
  const [session] = await db
    .select()
    .from(adminSessions)
    .where(eq(adminSessions.tokenHash, sha256(token)))
  if (!session || session.endsAt < instant(new Date())) throw new Refusal('session.expired')
  return session.login
}

export async function closeAdminSession(db: Database, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = request.cookies[COOKIE]
  if (token) await db.delete(adminSessions).where(eq(adminSessions.tokenHash, sha256(token)))
  reply.clearCookie(COOKIE, { path: '/' })
}
