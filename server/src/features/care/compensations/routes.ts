import type { Api } from '@pointbook/shared/contract/index'
import { addDays, addMs, isDay, startOf } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { adminRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { send } from '../../../book/events.ts'
import { once } from '../../../book/once.ts'
import { requireShown } from '../../../core/ledger/shown.ts'
import { record } from '../../../platform/audit-log.ts'
import { pageOf } from '../../../platform/cursor.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { readStore } from '../../shop/stores/store.ts'
import { findBuyers, findMembers, type Reached, readCompensations } from './store.ts'
import { compensatedTable, compensations } from './tables.ts'

type Whom = Api['POST /admin/compensations']['input']['whom']

const ROWS_AT_ONCE = 1_000

export function compensationRoutes(handle: Handle, server: Server) {
  const { db, clock } = server

  handle('GET /admin/compensations', async ({ input: { cursor, limit = 20 } }) => {
    const found = await readCompensations(db, timeCursor(cursor), limit + 1)
    return pageOf(found, limit, ({ madeAt, compensationId }) => timeCursorOf({ at: madeAt, id: compensationId }))
  })

  handle('POST /admin/compensations/preview', async ({ input: { whom, points } }) => {
    const { found, unknown } = await find(server, whom)
    const members = found.filter(({ cancelled }) => !cancelled).length
    return { members, points: members * points, unknown, cancelled: found.length - members }
  })

  handle('POST /admin/compensations', async ({ input: { requestId, members, ...wish }, caller: { login } }) => {
    const { whom, points, reason } = wish
    const [at, actor] = [clock.now(), adminRef(login)]
    const { found } = await find(server, whom)
    const hurt = found.filter(({ cancelled }) => !cancelled).map(({ memberId }) => memberId)
    // The list of recipients is stored once; a repeated request uses the stored list.
    return once(db, { name: 'compensations.make', requestId, input: wish, at }, async (tx) => {
      requireShown('compensation.changed', { members }, { members: hurt.length })
      if (hurt.length === 0) throw new Refusal('compensation.nobody')
      const [{ insertId: compensationId }] = await tx
        .insert(compensations)
        .values({ reason, points, madeAt: at, madeBy: actor })
      await writeDown(tx, compensationId, hurt)
      await send(tx, 'compensation.due', { compensationId }, at)
      const text = `补偿 ${group(hurt.length)} 位会员，每人 ${group(points)} 分：${reason}`
      await record(tx, at, {
        actor,
        action: 'compensation.make',
        subject: subjectRef('compensation', compensationId),
        text,
      })
      return { compensationId, members: hurt.length }
    })
  })
}

interface Found {
  found: Reached[]
  /** Numbers of no member. */
  unknown: string[]
}

async function find({ db, offsetMinutes }: Server, whom: Whom): Promise<Found> {
  if (whom.by === 'members') return findNamed(db, whom.memberNos)
  if (!isDay(whom.on)) throw new Refusal('input.invalid', { fields: [{ field: 'whom.on', text: '没有这一天' }] })
  if (!(await readStore(db, whom.storeId))) throw new Refusal('store.unknown')
  const endsAt = addMs(startOf(addDays(whom.on, 1), offsetMinutes), -1)
  return { found: await findBuyers(db, whom.storeId, startOf(whom.on, offsetMinutes), endsAt), unknown: [] }
}

/** A member who is named twice, such as by a double's number, is found once. */
async function findNamed(db: Database, memberNos: readonly string[]): Promise<Found> {
  const rows = await findMembers(db, [...new Set(memberNos.map(Number))])
  const known = new Set(rows.map(({ named }) => named))
  return {
    found: [...new Map(rows.map((row) => [row.memberId, row])).values()],
    unknown: [...new Set(memberNos)].filter((memberNo) => !known.has(Number(memberNo))),
  }
}

async function writeDown(tx: Transaction, compensationId: number, memberIds: readonly number[]) {
  for (let from = 0; from < memberIds.length; from += ROWS_AT_ONCE) {
    const rows = memberIds.slice(from, from + ROWS_AT_ONCE)
    await tx
      .insert(compensatedTable)
      .values(rows.map((memberId) => ({ compensationId, memberId, state: 'waiting' as const })))
  }
}
