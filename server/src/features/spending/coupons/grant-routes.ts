import type { CouponsApi } from '@pointbook/shared/contract/spending/coupons'
import { dayOf } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { adminRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { send } from '../../../book/events.ts'
import { once } from '../../../book/once.ts'
import { usableDays } from '../../../core/coupons/validity.ts'
import { mostWorthFen } from '../../../core/coupons/worth.ts'
import { requireShown } from '../../../core/ledger/shown.ts'
import { record } from '../../../platform/audit-log.ts'
import { pageOf } from '../../../platform/cursor.ts'
import type { Transaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { readNamed } from '../../members/audience/named.ts'
import { readAudience } from '../../members/audience/store.ts'
import { readGrants } from './grant-store.ts'
import { requireKind } from './store.ts'
import { couponGrantsTable, granteesTable } from './tables.ts'

type Whom = CouponsApi['POST /admin/coupons/:kindId/grants']['input']['whom']

const ROWS_AT_ONCE = 1_000

export function couponGrantRoutes(handle: Handle, server: Server) {
  const { db, clock, offsetMinutes } = server

  handle('POST /admin/coupons/:kindId/grants/preview', async ({ input: { kindId, whom, pieces } }) => {
    const [{ kind, budget }, { memberIds, unknown }] = await Promise.all([requireKind(db, kindId), find(server, whom)])
    return {
      members: memberIds.length,
      left: kind.pieces === null ? null : Math.max(0, kind.pieces - budget.granted),
      reservedFen: (mostWorthFen(kind.terms.saving) ?? 0) * pieces * memberIds.length,
      unknown,
    }
  })

  handle('POST /admin/coupons/:kindId/grants', async ({ input, caller: { login } }) => {
    const { kindId, whom, pieces, members, reason, requestId } = input
    const [at, actor] = [clock.now(), adminRef(login)]
    const wish = { kindId, whom, pieces, reason }
    const { memberIds } = await find(server, whom)
    return once(db, { name: 'coupons.make-grant', requestId, input: wish, at }, async (tx) => {
      requireShown('coupon.grant-changed', { members }, { members: memberIds.length })
      const name = await requireGrantable(tx, kindId, pieces, memberIds.length)
      const [{ insertId: grantId }] = await tx
        .insert(couponGrantsTable)
        .values({ kindId, pieces, reason, madeAt: at, madeBy: actor })
      await writeDown(tx, grantId, memberIds)
      await send(tx, 'coupon-grant.due', { grantId }, at)
      const text = `发放优惠券「${name}」给 ${group(memberIds.length)} 位会员，每人 ${pieces} 张：${reason}`
      await record(tx, at, { actor, action: 'coupon.grant', subject: subjectRef('coupon', kindId), text })
      return { grantId, members: memberIds.length }
    })
  })

  handle('GET /admin/coupons/:kindId/grants', async ({ input: { kindId, cursor, limit = 20 } }) => {
    const rows = await readGrants(db, kindId, timeCursor(cursor), limit + 1)
    return pageOf(rows, limit, ({ madeAt, grantId }) => timeCursorOf({ at: madeAt, id: grantId }))
  })

  /** Refuses a grant that could not reach everybody in it. Returns the name of the kind. */
  async function requireGrantable(tx: Transaction, kindId: number, pieces: number, members: number): Promise<string> {
    if (members === 0) throw new Refusal('coupon.grant-nobody')
    const { kind, budget } = await requireKind(tx, kindId)
    const { name, terms, moneyFen } = kind
    if (kind.stopped) throw new Refusal('coupon.stopped', { name })
    if (!usableDays(terms.validity, dayOf(clock.now(), offsetMinutes))) throw new Refusal('coupon.over', { name })
    const eachFen = mostWorthFen(terms.saving) ?? 0
    const byPieces = kind.pieces === null ? Number.POSITIVE_INFINITY : kind.pieces - budget.granted
    const leftFen = moneyFen === null ? Number.POSITIVE_INFINITY : moneyFen - budget.reservedFen - budget.settledFen
    const left = Math.min(byPieces, eachFen === 0 ? byPieces : Math.floor(leftFen / eachFen))
    if (left < pieces * members) throw new Refusal('coupon.all-gone', { name, left: Math.max(0, left) })
    return name
  }
}

async function find(server: Server, whom: Whom): Promise<{ memberIds: number[]; unknown: string[] }> {
  if (whom.by === 'members') return readNamed(server.db, whom.memberNos)
  return { memberIds: await readAudience(server, whom.audience), unknown: [] }
}

async function writeDown(tx: Transaction, grantId: number, memberIds: readonly number[]) {
  for (let from = 0; from < memberIds.length; from += ROWS_AT_ONCE) {
    const some = memberIds.slice(from, from + ROWS_AT_ONCE)
    await tx
      .insert(granteesTable)
      .values(some.map((memberId) => ({ grantId, memberId, state: 'waiting' as const, reason: '' })))
  }
}
