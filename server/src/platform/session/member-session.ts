import { createHmac, randomUUID } from 'node:crypto'
import { addMs, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, inArray, isNull, lt, type SQL } from 'drizzle-orm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { gathered, oneOfKeys } from '../database/gathered.ts'
import { type Database, inTransaction, type Transaction } from '../database/pool.ts'
import type { MemberCaller } from '../http.ts'
import { newToken, sha256 } from '../secrets.ts'
import { refreshTokens } from './tables.ts'

const ACCESS_SECONDS = 30 * 60
const REFRESH_MS = 60 * 86_400_000
/** So long a phone that lost the answer may send the same refresh token again. */
const REPEAT_WITHIN_MS = 60_000

export interface Tokens {
  accessToken: string
  refreshToken: string
  expiresInSeconds: number
}

/** One login of a member on one device. */
type Family = Pick<typeof refreshTokens.$inferInsert, 'memberId' | 'familyId'>

/** Logs a member in on one device. */
export async function openSession(app: FastifyInstance, db: Database, memberId: number): Promise<Tokens> {
  const family = { memberId, familyId: randomUUID().replaceAll('-', '') }
  const refreshToken = newToken()
  await keepToken(db, family, refreshToken)
  return tokensOf(app, family, refreshToken)
}

async function keepToken(db: Database | Transaction, family: Family, refreshToken: string): Promise<void> {
  const endsAt = addMs(instant(new Date()), REFRESH_MS)
  const { memberId, familyId } = family
  await db.insert(refreshTokens).values({ tokenHash: sha256(refreshToken), familyId, memberId, endsAt })
}

function tokensOf(app: FastifyInstance, { memberId, familyId }: Family, refreshToken: string): Tokens {
  const accessToken = app.jwt.sign({ kind: 'access', memberId, familyId }, { expiresIn: ACCESS_SECONDS })
  return { accessToken, refreshToken, expiresInSeconds: ACCESS_SECONDS }
}

/**
 * Exchanges a refresh token for its successor, which is derived from it with a secret: a phone that sends it twice within a
 * minute gets the same successor. A later use, or one after the successor was used, means that two parties have the token: the
 * device is logged out.
 */
export async function renewSession(
  app: FastifyInstance,
  db: Database,
  secret: string,
  refreshToken: string,
): Promise<Tokens> {
  const now = instant(new Date())
  const tokenHash = sha256(refreshToken)
  const [token] = await db.select().from(refreshTokens).where(eq(refreshTokens.tokenHash, tokenHash))
  if (!token) throw new Refusal('session.invalid')
  if (token.endsAt < now) throw new Refusal('session.expired')
  const successor = createHmac('sha256', `${secret}/refresh`).update(refreshToken).digest('base64url')
  const isFirstUse = await inTransaction(db, async (tx) => {
    const [{ affectedRows }] = await tx
      .update(refreshTokens)
      .set({ usedAt: now })
      .where(and(eq(refreshTokens.tokenHash, tokenHash), isNull(refreshTokens.usedAt)))
    // In one transaction, so that a reader that sees the token as used also sees its successor.
    if (affectedRows > 0) await keepToken(tx, token, successor)
    return affectedRows > 0
  })
  if (isFirstUse || (await isRepeat(db, tokenHash, sha256(successor)))) return tokensOf(app, token, successor)
  await closeSession(db, token.familyId)
  throw new Refusal('session.invalid')
}

/** Whether a used token was used a moment ago and its successor is unused. */
async function isRepeat(db: Database, tokenHash: string, successorHash: string): Promise<boolean> {
  const both = inArray(refreshTokens.tokenHash, [tokenHash, successorHash])
  const rows = await db.select().from(refreshTokens).where(both)
  const used = rows.find((row) => row.tokenHash === tokenHash)
  const next = rows.find((row) => row.tokenHash === successorHash)
  const since = addMs(instant(new Date()), -REPEAT_WITHIN_MS)
  return Boolean(used?.usedAt && used.usedAt >= since && next && !next.usedAt)
}

/** Logs one device out: none of its tokens works any more. */
export const closeSession = (db: Database, familyId: string): Promise<void> =>
  closeAll(db, eq(refreshTokens.familyId, familyId))

/** Logs a member out everywhere. */
export const closeSessionsOf = (db: Database | Transaction, memberId: number): Promise<void> =>
  closeAll(db, eq(refreshTokens.memberId, memberId))

/** A simultaneous refresh may add a token behind the position of the first statement, so this repeats until none is left. */
async function closeAll(db: Database | Transaction, which: SQL): Promise<void> {
  const [{ affectedRows }] = await db.delete(refreshTokens).where(which)
  if (affectedRows > 0) await closeAll(db, which)
}

/** Forgets tokens that have ended. */
export async function sweepSessions(db: Database): Promise<void> {
  await db.delete(refreshTokens).where(lt(refreshTokens.endsAt, instant(new Date())))
}

// Each login has one unused token; while it exists, the login is open.
const openFamiliesOf = gathered(
  (db) => {
    const { memberId, familyId, usedAt } = refreshTokens
    const open = and(oneOfKeys(memberId), isNull(usedAt))
    return db.select({ memberId, familyId }).from(refreshTokens).where(open).prepare()
  },
  ({ memberId }) => memberId,
)

/** The calling member of a request; throws `session.missing`, `session.expired` or `session.invalid`. */
export const memberOf =
  (db: Database) =>
  async ({ headers: { authorization }, server }: FastifyRequest): Promise<MemberCaller> => {
    if (!authorization) throw new Refusal('session.missing')
    const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? []
    if (!token) throw new Refusal('session.invalid')
    const { kind, memberId, familyId } = known(server, token)
    if (kind !== 'access') throw new Refusal('session.invalid')
    const open = await openFamiliesOf(db, memberId)
    if (!open.some((family) => family.familyId === familyId)) throw new Refusal('session.expired')
    return { memberId, familyId }
  }

interface Access extends MemberCaller {
  kind: string
  /** When it ends, seconds since 1970. */
  exp: number
}

// A clerk's token comes with every purchase. Looking it up as text costs a hundredth of verifying it.
const MOST_KNOWN = 2_000
const knownTokens = new WeakMap<FastifyInstance['jwt'], Map<string, Access>>()

/** The content of a token, which is verified at its first use. */
function known(app: FastifyInstance, token: string): Access {
  const tokens = knownTokens.get(app.jwt) ?? new Map<string, Access>()
  knownTokens.set(app.jwt, tokens)
  const session = tokens.get(token)
  if (session && session.exp * 1_000 > Date.now()) return session
  const access = verified<Access>(app, token)
  if (tokens.size >= MOST_KNOWN) tokens.delete(tokens.keys().next().value!)
  tokens.set(token, access)
  return access
}

// With the token as argument the plugin verifies it directly; with the request its overhead exceeds the cost of the signature.
function verified<Token extends object>(app: FastifyInstance, token: string): Token {
  try {
    return app.jwt.verify<Token>(token)
  } catch (error) {
    const { code } = error as { code?: string }
    throw new Refusal(code === 'FAST_JWT_EXPIRED' ? 'session.expired' : 'session.invalid')
  }
}

export interface Ticket {
  kind: 'sign-up' | 'guardian' | 'visit'
}

/** A signed statement of ours that a client keeps for us for a while. No two are the same, even of one second. */
export const issueTicket = <T extends Ticket>(app: FastifyInstance, ticket: T, seconds: number): string =>
  app.jwt.sign(ticket, { expiresIn: seconds, jti: randomUUID() })

/** Reads one of our tickets; null when it is forged, expired or of another kind. */
export function readTicket<T extends Ticket>(app: FastifyInstance, text: string, kind: T['kind']): T | null {
  try {
    const ticket = app.jwt.verify<T>(text)
    return ticket.kind === kind ? ticket : null
  } catch {
    return null
  }
}
