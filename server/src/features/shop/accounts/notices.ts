import type { NoticeKind } from '@pointbook/shared/contract/shop/notices'
import { addMs, instant } from '@pointbook/shared/day'
import { and, desc, eq, lt, ne, or } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { addressOf } from '../../../platform/proxies.ts'
import { browserOf } from '../../../platform/session/admin-session.ts'
import type { Server } from '../../../server.ts'
import { adminNotices } from './tables.ts'

const KEPT_MS = 90 * 86_400_000
const SHOWN = 20

/** Where something came from. */
export interface Origin {
  address: string
  /** The browser's own words (User-Agent). */
  device: string
}

export const originOf = (request: FastifyRequest): Origin => ({
  address: addressOf(request),
  device: browserOf(request),
})

interface Notice extends Partial<Origin> {
  login: string
  kind: NoticeKind
  /** Whose act it was, for people; '' for the holder or somebody unknown. */
  by?: string
  /** The log-in that did it: it is not told of its own acts, but the next one is. */
  tokenHash?: string
}

/** Keeps something that the holder of an account should hear about at the next log-in. Times are the machine's, as those of log-ins. */
export async function notice(
  tx: Transaction,
  { login, kind, by = '', tokenHash = '', address = '', device = '' }: Notice,
) {
  await tx
    .insert(adminNotices)
    .values({ login, kind, by, tokenHash, address, device, times: 1, at: instant(new Date()) })
}

/** Failures are one notice that counts them. */
export async function noticeFailure(
  tx: Transaction,
  { login, address, device }: Origin & { login: string },
): Promise<void> {
  const mine = and(eq(adminNotices.login, login), eq(adminNotices.kind, 'failures'))
  const [last] = await tx.select().from(adminNotices).where(mine).orderBy(desc(adminNotices.id)).limit(1).for('update')
  if (!last) return notice(tx, { login, kind: 'failures', address, device })
  await tx
    .update(adminNotices)
    .set({ times: last.times + 1, at: instant(new Date()), address, device })
    .where(eq(adminNotices.id, last.id))
}

/** What happened to one's own account. */
export function noticeRoutes(handle: Handle, { db }: Server) {
  handle('GET /admin/session/notices', async ({ caller: { login, tokenHash } }) => {
    const rows = await db
      .select()
      .from(adminNotices)
      .where(and(eq(adminNotices.login, login), ne(adminNotices.tokenHash, tokenHash)))
      .orderBy(desc(adminNotices.id))
      .limit(SHOWN)
    return {
      rows: rows.map(({ id: noticeId, kind, by, at, times, address, device }) => ({
        noticeId,
        kind,
        by,
        at,
        times,
        address,
        device,
      })),
    }
  })

  handle('POST /admin/session/notices/dismiss', async ({ input: { shown }, caller: { login, tokenHash } }) => {
    const those = shown.map(({ noticeId, times }) => and(eq(adminNotices.id, noticeId), eq(adminNotices.times, times)))
    await inTransaction(db, async (tx) => {
      await tx
        .delete(adminNotices)
        .where(and(eq(adminNotices.login, login), ne(adminNotices.tokenHash, tokenHash), or(...those)))
    })
    return { done: true }
  })
}

export async function sweepNotices(db: Database): Promise<void> {
  await db.delete(adminNotices).where(lt(adminNotices.at, addMs(instant(new Date()), -KEPT_MS)))
}
