import { dayText, type Instant, instantText } from '@pointbook/shared/day'
import { group, yuan } from '@pointbook/shared/money'
import { parseReference } from '@pointbook/shared/references'
import { and, count, desc, eq, gte, inArray, like, ne, sql, sum } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { ANY_CLERK, clerkRefIn } from '../../../platform/database/reference-sql.ts'
import { purchasesTable, returnsTable } from '../../earning/purchases/tables.ts'
import { members } from '../../members/directory/tables.ts'
import { stores } from '../../shop/stores/tables.ts'
import { businessDay, type Detector, latest, MOST, wallClock } from './finding.ts'

const RECEIPTS_A_DAY = 5
const RECEIPTS_AN_HOUR = 3
const TIMES_ONE_CLERK = 8
const RETURNS = 4
const TIMES_THE_USUAL = 8
const LARGE_FEN = 500_00
const RECEIPTS_TO_KNOW_A_STORE = 10

const { memberId, storeId, amountFen, points, actor, at } = purchasesTable

const busyDays: Detector = {
  kind: 'busy-day',
  title: '一天多笔',
  find: async (db, span) => {
    const rows = await db
      .select({ memberId, on: businessDay(at, span), receipts: count(), points: sum(points), at: latest(at) })
      .from(purchasesTable)
      .where(gte(at, span.since))
      .groupBy(memberId, sql`business_day`)
      .having(({ receipts }) => gte(receipts, RECEIPTS_A_DAY))
      .orderBy(({ receipts }) => desc(receipts))
      .limit(MOST)
    return rows.map(({ on, receipts, points: given, ...row }) => ({
      ...row,
      text: `${dayText(on)}记了 ${receipts} 张小票，共得 ${group(Number(given))} 分`,
    }))
  },
}

const busyHours: Detector = {
  kind: 'busy-hour',
  title: '一小时多笔',
  find: async (db, span) => {
    const hour = sql<string>`DATE_FORMAT(${wallClock(at, span)}, '%Y-%m-%d %H')`.as('hour_of_day')
    const rows = await db
      .select({ memberId, hour, receipts: count(), at: latest(at) })
      .from(purchasesTable)
      .where(gte(at, span.since))
      .groupBy(memberId, sql`hour_of_day`)
      .having(({ receipts }) => gte(receipts, RECEIPTS_AN_HOUR))
      .orderBy(({ receipts }) => desc(receipts))
      .limit(MOST)
    return rows.map(({ hour: when, receipts, ...row }) => ({
      ...row,
      text: `${when} 点的一小时内记了 ${receipts} 张小票`,
    }))
  },
}

const sameClerk: Detector = {
  kind: 'same-clerk',
  title: '总由同一店员记账',
  find: async (db, span) => {
    const rows = await db
      .select({ memberId, actor, receipts: count(), at: latest(at) })
      .from(purchasesTable)
      .where(and(gte(at, span.since), like(actor, ANY_CLERK), ne(actor, clerkRefIn(memberId))))
      .groupBy(memberId, actor)
      .having(({ receipts }) => gte(receipts, TIMES_ONE_CLERK))
      .orderBy(({ receipts }) => desc(receipts))
      .limit(MOST)
    const names = await namesOf(
      db,
      rows.map((row) => clerkId(row.actor)),
    )
    return rows.map(({ actor: clerk, receipts, ...row }) => ({
      ...row,
      text: `店员「${names.get(clerkId(clerk)) ?? ''}」给这位会员记了 ${receipts} 张小票，明显多于平常`,
    }))
  },
}

const ownAccount: Detector = {
  kind: 'own-account',
  title: '店员给自己记账',
  find: async (db, span) => {
    const rows = await db
      .select({ memberId, receipts: count(), points: sum(points), at: latest(at) })
      .from(purchasesTable)
      .where(and(gte(at, span.since), eq(actor, clerkRefIn(memberId))))
      .groupBy(memberId)
      .orderBy(({ receipts }) => desc(receipts))
      .limit(MOST)
    return rows.map(({ receipts, points: given, ...row }) => ({
      ...row,
      text: `店员给自己的会员账户记了 ${receipts} 张小票，共得 ${group(Number(given))} 分`,
    }))
  },
}

const sums = (of: string) => ({
  fen: sql<number>`SUM(${amountFen})`.mapWith(Number).as(`${of}_fen`),
  receipts: sql<number>`COUNT(*)`.mapWith(Number).as(`${of}_receipts`),
})

const largeAmounts: Detector = {
  kind: 'large-amount',
  title: '金额远超平常',
  find: async (db, { since }) => {
    const ofStore = db
      .select({ storeId: sql<number>`${storeId}`.as('store'), ...sums('store') })
      .from(purchasesTable)
      .where(gte(at, since))
      .groupBy(storeId)
      .as('all_receipts')
    const ofMember = db
      .select({
        storeId: sql<number>`${storeId}`.as('large_store'),
        memberId: sql<number>`${memberId}`.as('large_member'),
        ...sums('large'),
      })
      .from(purchasesTable)
      .where(and(gte(at, since), gte(amountFen, LARGE_FEN)))
      .groupBy(storeId, memberId)
      .as('large_receipts')
    // Without the large receipts of the same member: they must not raise the average they are compared with.
    const receipts = sql`(${ofStore.receipts} - ${ofMember.receipts})`
    const others = sql<number>`(${ofStore.fen} - ${ofMember.fen}) / ${receipts}`
    const rows = await db
      .select({ memberId, at, amountFen, usualFen: others.mapWith(Number), storeName: stores.name })
      .from(purchasesTable)
      .innerJoin(ofStore, eq(ofStore.storeId, storeId))
      .innerJoin(ofMember, and(eq(ofMember.storeId, storeId), eq(ofMember.memberId, memberId)))
      .innerJoin(stores, eq(stores.id, storeId))
      .where(
        and(
          gte(at, since),
          gte(amountFen, LARGE_FEN),
          gte(receipts, RECEIPTS_TO_KNOW_A_STORE),
          sql`${amountFen} >= ${others} * ${TIMES_THE_USUAL}`,
        ),
      )
      .orderBy(desc(amountFen))
      .limit(MOST)
    return rows.map(({ amountFen: fen, usualFen, storeName, ...row }) => ({
      ...row,
      text: `在「${storeName}」一笔消费 ${yuan(fen)} 元，该店近期平均每笔 ${yuan(Math.round(usualFen))} 元`,
    }))
  },
}

const manyReturns: Detector = {
  kind: 'many-returns',
  title: '频繁退货',
  find: async (db, { since }) => {
    const rows = await db
      .select({
        memberId: returnsTable.memberId,
        returns: count(),
        amountFen: sum(returnsTable.amountFen),
        at: latest(returnsTable.at),
      })
      .from(returnsTable)
      .where(gte(returnsTable.at, since))
      .groupBy(returnsTable.memberId)
      .having(({ returns }) => gte(returns, RETURNS))
      .orderBy(({ returns }) => desc(returns))
      .limit(MOST)
    return rows.map(({ returns, amountFen: fen, ...row }) => ({
      ...row,
      text: `退货 ${returns} 次，共退 ${yuan(Number(fen))} 元`,
    }))
  },
}

/** Points that returns let go because they were already spent and the policy makes no debt of them. */
const letGo: Detector = {
  kind: 'let-go',
  title: '退货没有追回积分',
  find: async (db, { since }) => {
    const { memberId: holder, why, kind, at: returnedAt } = pointsEntries
    const rows = await db
      .select({ memberId: holder, why, at: returnedAt })
      .from(pointsEntries)
      .where(and(gte(returnedAt, since), eq(kind, 'return'), like(why, '%"let-go"%')))
    const sums = new Map<number, { points: number; returns: number; at: Instant }>()
    for (const row of rows) {
      const { points: before, returns, at: last } = sums.get(row.memberId) ?? { points: 0, returns: 0, at: row.at }
      const kept = row.why.reduce((sum, { because }) => (because.type === 'let-go' ? sum + because.points : sum), 0)
      sums.set(row.memberId, { points: before + kept, returns: returns + 1, at: [row.at, last].sort()[1]! })
    }
    return [...sums]
      .map(([id, sum]) => ({ memberId: id, ...sum }))
      .sort((a, b) => b.points - a.points)
      .slice(0, MOST)
      .map(({ points: kept, returns, ...row }) => ({
        ...row,
        text: `退货 ${returns} 次，共 ${group(kept)} 分已被花掉，按规则没有追回`,
      }))
  },
}

/** Stores write their hours as they like; those that read like `09:00–21:30` are looked at. */
export function hoursOf(text: string): { opens: string; closes: string } | null {
  const match = /^\D*(\d{1,2})[:：](\d\d)\s*[-–—~～至到]+\s*(\d{1,2})[:：](\d\d)\D*$/.exec(text)
  if (!match) return null
  const [, h1, m1, h2, m2] = match as unknown as [string, string, string, string, string]
  return { opens: `${h1.padStart(2, '0')}:${m1}`, closes: `${h2.padStart(2, '0')}:${m2}` }
}

const outsideHours: Detector = {
  kind: 'outside-hours',
  title: '营业时间外记账',
  find: async (db, span) => {
    const known = await db.select({ id: stores.id, name: stores.name, hours: stores.hours }).from(stores)
    const closed = known.flatMap(({ id, hours }) => {
      const open = hoursOf(hours)
      if (!open) return []
      const time = sql`TIME_FORMAT(${wallClock(at, span)}, '%H:%i')`
      const { opens, closes } = open
      // A store that closes after midnight is closed in the middle of the day.
      const outside =
        opens < closes
          ? sql`(${time} < ${opens} OR ${time} > ${closes})`
          : sql`(${time} < ${opens} AND ${time} > ${closes})`
      return sql`(${storeId} = ${id} AND ${outside})`
    })
    if (closed.length === 0) return []
    const rows = await db
      .select({ memberId, storeId, at })
      .from(purchasesTable)
      .where(and(gte(at, span.since), like(actor, ANY_CLERK), sql`(${sql.join(closed, sql` OR `)})`))
      .orderBy(desc(at))
      .limit(MOST)
    const stored = new Map(known.map((store) => [store.id, store]))
    return rows.map(({ storeId: id, ...row }) => ({
      ...row,
      text: `${instantText(row.at, span.offsetMinutes)} 在「${stored.get(id)!.name}」记账，营业时间是 ${stored.get(id)!.hours}`,
    }))
  },
}

const clerkId = (actor: string) => Number(parseReference(actor)?.id)

async function namesOf(db: Database, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: members.id, nickname: members.nickname })
    .from(members)
    .where(inArray(members.id, ids))
  return new Map(rows.map(({ id, nickname }) => [id, nickname]))
}

export const purchaseDetectors = [
  letGo,
  ownAccount,
  largeAmounts,
  busyHours,
  busyDays,
  sameClerk,
  manyReturns,
  outsideHours,
]
