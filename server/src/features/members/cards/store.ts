import { randomInt } from 'node:crypto'
import type { Instant } from '@pointbook/shared/day'
import type { ActorRef } from '@pointbook/shared/references'
import { and, asc, desc, eq, inArray, sql, sum } from 'drizzle-orm'
import { cardNo } from '../../../core/members/card-no.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { newestFirst } from '../../../platform/time-order.ts'
import { cardBatches, cards } from './tables.ts'

export type CardRow = typeof cards.$inferSelect

export async function readCard(db: Database | Transaction, no: string): Promise<CardRow | null> {
  const [row] = await db.select().from(cards).where(eq(cards.cardNo, no))
  return row ?? null
}

/** The member's card, in use or lost; null when they have none. */
export async function readCardOf(db: Database | Transaction, memberId: number): Promise<CardRow | null> {
  const [row] = await db
    .select()
    .from(cards)
    .where(and(eq(cards.memberId, memberId), inArray(cards.state, ['active', 'lost'])))
  return row ?? null
}

/** All cards a member has had, the present one first. */
export const readCardsOf = (db: Database, memberId: number): Promise<CardRow[]> =>
  db.select().from(cards).where(eq(cards.memberId, memberId)).orderBy(desc(cards.issuedAt), cards.state)

interface NewBatch {
  cards: number
  madeAt: Instant
  madeBy: ActorRef
}

const newCardNo = () => cardNo(String(randomInt(10 ** 10)).padStart(10, '0'))

/** Makes blank cards and returns the batch's number. */
export async function addBatch(tx: Transaction, batch: NewBatch): Promise<number> {
  const [{ insertId: batchId }] = await tx.insert(cardBatches).values(batch)
  for (let missing = batch.cards; missing > 0; ) {
    const blank = { batchId, state: 'blank', memberId: null, issuedAt: null, issuedBy: '', endedAt: null } as const
    const rows = Array.from({ length: missing }, () => ({ ...blank, cardNo: newCardNo() }))
    // A number that exists already is skipped and replaced by another.
    const [{ affectedRows }] = await tx.insert(cards).ignore().values(rows)
    missing -= affectedRows
  }
  return batchId
}

/** The batches, newest first, with the number of their blank cards. */
export const readBatches = (db: Database) =>
  db
    .select({
      batchId: cardBatches.id,
      cards: cardBatches.cards,
      blank: sum(sql`${cards.state} = 'blank'`).mapWith(Number),
      madeAt: cardBatches.madeAt,
      madeBy: cardBatches.madeBy,
    })
    .from(cardBatches)
    .innerJoin(cards, eq(cards.batchId, cardBatches.id))
    .groupBy(cardBatches.id, cardBatches.cards, cardBatches.madeAt, cardBatches.madeBy)
    .orderBy(...newestFirst(cardBatches.madeAt, cardBatches.id))

export async function readBatch(db: Database, batchId: number): Promise<string[]> {
  const rows = await db
    .select({ no: cards.cardNo })
    .from(cards)
    .where(eq(cards.batchId, batchId))
    .orderBy(asc(cards.cardNo))
  return rows.map(({ no }) => no)
}
