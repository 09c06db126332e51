import { randomUUID } from 'node:crypto'
import { addMs, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, isNull, lt } from 'drizzle-orm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Database, inTransaction, type Transaction } from '../database/pool.ts'
import type { MemberCaller } from '../http.ts'
import { newToken, sha256 } from '../secrets.ts'
import { refreshTokens } from './tables.ts'

const ACCESS_SECONDS = 30 * 60
const REFRESH_MS = 60 * 86_400_000

export interface Tokens {
  accessToken: string
  refreshToken: string
  expiresInSeconds: number
}

/** Logs a member in on one device. */
export const openSession = (app: FastifyInstance, db: Database, memberId: number): Promise<Tokens> =>
  issue(app, db, memberId, randomUUID().replaceAll('-', ''))

async function issue(
  app: FastifyInstance,
  db: Database | Transaction,
  memberId: number,
  familyId: string,
): Promise<Tokens> {
  const refreshToken = newToken()
  const endsAt = addMs(instant(new Date()), REFRESH_MS)
  await db.insert(refreshTokens).values({ tokenHash: sha256(refreshToken), familyId, memberId, endsAt })
  const accessToken = app.jwt.sign({ kind: 'access', memberId, familyId }, { expiresIn: ACCESS_SECONDS })
  return { accessToken, refreshToken, expiresInSeconds: ACCESS_SECONDS }
}

/** Trades a refresh token for new tokens, once. A second use means two parties hold it: the whole device is logged out. */
export async function renewSession(app: FastifyInstance, db: Database, refreshToken: string): Promise<Tokens> {
  const now = instant(new Date())
  const tokenHash = sha256(refreshToken)
  const [token] = await db.select().from(refreshTokens).where(eq(refreshTokens.tokenHash, tokenHash))
  if (!token) throw new Refusal('session.invalid')
  if (token.endsAt < now) throw new Refusal('session.expired')
  const tokens = await inTransaction(db, async (tx) => {
    const [result] = await tx
      .update(refreshTokens)
      .set({ usedAt: now })
      .where(and(eq(refreshTokens.tokenHash, tokenHash), isNull(refreshTokens.usedAt)))
    // In one transaction, so that whoever finds the token used also finds its successor to log out.
    return result.affectedRows === 0 ? null : issue(app, tx, token.memberId, token.familyId)
  })
  if (tokens) return tokens
  await closeSession(db, token.familyId)
  throw new Refusal('session.invalid')
}

/** Logs one device out: none of its refresh tokens works any more. */
export async function closeSession(db: Database, familyId: string): Promise<void> {
  await db.delete(refreshTokens).where(eq(refreshTokens.familyId, familyId))
}

/** Logs a member out everywhere. */
export async function closeSessionsOf(db: Database | Transaction, memberId: number): Promise<void> {
  await db.delete(refreshTokens).where(eq(refreshTokens.memberId, memberId))
}

/** Forgets tokens that have ended. */
export async function sweepSessions(db: Database): Promise<void> {
  await db.delete(refreshTokens).where(lt(refreshTokens.endsAt, instant(new Date())))
}

/** The member a request comes from; throws `session.missing`, `session.expired` or `session.invalid`. */
export function memberOf({ headers: { authorization }, server }: FastifyRequest): MemberCaller {
  if (!authorization) throw new Refusal('session.missing')
  const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? []
  if (!token) throw new Refusal('session.invalid')
  const { kind, memberId, familyId } = known(server, token)
  if (kind !== 'access') throw new Refusal('session.invalid')
  return { memberId, familyId }
}

interface Access extends MemberCaller {
  kind: string
  /** When it ends, seconds since 1970. */
  exp: number
}

// A clerk's token comes with every purchase. To look it up as text costs a hundredth of verifying it.
const MOST_KNOWN = 2_000
const knownTokens = new WeakMap<FastifyInstance['jwt'], Map<string, Access>>()

/** What a token says; it is verified when it is first seen. */
function known(app: FastifyInstance, token: string): Access {
  const tokens = knownTokens.get(app.jwt) ?? new Map<string, Access>()
  knownTokens.set(app.jwt, tokens)
  const found = tokens.get(token)
  if (found && found.exp * 1_000 > Date.now()) return found
  const access = verified<Access>(app, token)
  if (tokens.size >= MOST_KNOWN) tokens.delete(tokens.keys().next().value!)
  tokens.set(token, access)
  return access
}

// Asked for with the token in hand, the plugin answers at once; by the request it goes a way that costs more than the signature.
function verified<Token extends object>(app: FastifyInstance, token: string): Token {
  try {
    return app.jwt.verify<Token>(token)
  } catch (error) {
    const { code } = error as { code?: string }
    throw new Refusal(code === 'FAST_JWT_EXPIRED' ? 'session.expired' : 'session.invalid')
  }
}

export interface Ticket {
  kind: 'sign-up' | 'visit'
}

/** A signed statement of ours that a client keeps for us for a while. No two are the same, even of one second. */
export const issueTicket = <T extends Ticket>(app: FastifyInstance, ticket: T, seconds: number): string =>
  app.jwt.sign(ticket, { expiresIn: seconds, jti: randomUUID() })

/** Reads a ticket of ours; null when it is forged, over or of another kind. */
export function readTicket<T extends Ticket>(app: FastifyInstance, text: string, kind: T['kind']): T | null {
  try {
    const ticket = app.jwt.verify<T>(text)
    return ticket.kind === kind ? ticket : null
  } catch {
    return null
  }
}
