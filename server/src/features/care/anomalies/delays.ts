import { addMs, type Instant } from '@pointbook/shared/day'
import { and, count, eq, gt, gte, lt, min, or, sql } from 'drizzle-orm'
import { outbox } from '../../../platform/database/outbox-table.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { purchasesTable } from '../../earning/purchases/tables.ts'
import { stores } from '../../shop/stores/tables.ts'
import { compensatedTable, compensations } from '../compensations/tables.ts'
import { latest } from './finding.ts'

const MINUTE_MS = 60_000
const OVERDUE_MS = 5 * MINUTE_MS
const SILENT_MS = 24 * 60 * MINUTE_MS
const RECEIPTS_OF_A_LIVELY_STORE = 20

export interface Delay {
  title: string
  text: string
  count: number
  since: Instant | null
}

/** Data that is merely late: looked for first when points look wrong. */
export async function readDelays(db: Database, now: Instant, since: Instant): Promise<Delay[]> {
  const results = await Promise.all([readOverdue(db, now), readUnfinished(db, now), readSilentStores(db, now, since)])
  return results.flat()
}

const kinds: [RegExp, string][] = [
  [/^purchase\./, '消费到账后的奖励'],
  [/^referral\.|^member\.registered/, '注册与邀请奖励'],
  [/^compensation\./, '补偿发放'],
  [/./, '发给会员的消息'],
]

async function readOverdue(db: Database, now: Instant): Promise<Delay[]> {
  const rows = await db
    .select({
      topic: outbox.topic,
      waiting: count(),
      since: min(outbox.dueAt),
      failed: sql`MAX(${outbox.attempts})`.mapWith(Number),
    })
    .from(outbox)
    .where(or(lt(outbox.dueAt, addMs(now, -OVERDUE_MS)), gt(outbox.attempts, 0)))
    .groupBy(outbox.topic)
  return rows.map(({ topic, waiting, since, failed }) => ({
    title: kinds.find(([pattern]) => pattern.test(topic))![1],
    text: failed > 0 ? `已重试 ${failed} 次仍未成功，系统会继续重试（${topic}）` : `比平常慢，正在排队处理（${topic}）`,
    count: waiting,
    since: since! < now ? since : null,
  }))
}

async function readUnfinished(db: Database, now: Instant): Promise<Delay[]> {
  const rows = await db
    .select({ reason: compensations.reason, since: compensations.madeAt, waiting: count() })
    .from(compensatedTable)
    .innerJoin(compensations, eq(compensations.id, compensatedTable.compensationId))
    .where(and(eq(compensatedTable.state, 'waiting'), lt(compensations.madeAt, addMs(now, -OVERDUE_MS))))
    .groupBy(compensations.id, compensations.reason, compensations.madeAt)
  return rows.map(({ reason, since, waiting }) => ({
    title: '补偿还没发完',
    text: `「${reason}」还有 ${waiting} 位会员没有到账`,
    count: waiting,
    since,
  }))
}

/** A lively store without a receipt for a day: its till may have lost the connection. */
async function readSilentStores(db: Database, now: Instant, since: Instant): Promise<Delay[]> {
  const rows = await db
    .select({ name: stores.name, receipts: count(), lastAt: latest(purchasesTable.at) })
    .from(purchasesTable)
    .innerJoin(stores, eq(stores.id, purchasesTable.storeId))
    .where(and(gte(purchasesTable.at, since), eq(stores.open, true)))
    .groupBy(stores.id, stores.name)
    .having(gte(count(), RECEIPTS_OF_A_LIVELY_STORE))
  return rows
    .filter(({ lastAt }) => lastAt < addMs(now, -SILENT_MS))
    .map(({ name, lastAt }) => ({
      title: '门店没有新小票',
      text: `「${name}」超过 24 小时没有记录消费，请检查收银是否断网或尚未上传`,
      count: 0,
      since: lastAt,
    }))
}
