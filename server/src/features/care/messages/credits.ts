import type { Env } from '@pointbook/config/env'
import { addMs, instant } from '@pointbook/shared/day'
import { and, count, eq, gt, gte, inArray, lt, sql } from 'drizzle-orm'
import { oneOf } from '../../../platform/database/one-of.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import { sha256 } from '../../../platform/secrets.ts'
import { isAllowed } from '../../members/directory/allowed.ts'
import { readMember } from '../../members/directory/store.ts'
import { creditEvents, messageCredits } from './tables.ts'

type Anywhere = Database | Transaction

const of = (memberId: number, templateId: string) =>
  and(eq(messageCredits.memberId, memberId), eq(messageCredits.templateId, templateId))

/** The remaining credits for each of the shop's templates. */
export async function readCredits(db: Database, { wechat }: Env, memberId: number) {
  const rows = await db
    .select()
    .from(messageCredits)
    .where(
      and(
        eq(messageCredits.memberId, memberId),
        inArray(messageCredits.templateId, [wechat.reminderTemplateId, wechat.pickupTemplateId]),
      ),
    )
  const creditsOf = (templateId: string) => rows.find((row) => row.templateId === templateId)?.credits ?? 0
  return { expiry: creditsOf(wechat.reminderTemplateId), pickup: creditsOf(wechat.pickupTemplateId) }
}

/** The members among these who have a credit left, with the template. */
export const readCreditsOf = (db: Database, memberIds: number[]) =>
  db
    .select({ memberId: messageCredits.memberId, templateId: messageCredits.templateId })
    .from(messageCredits)
    .where(and(oneOf(messageCredits.memberId, memberIds), gt(messageCredits.credits, 0)))

/** Takes one credit; false when there is none. */
export async function takeCredit(tx: Transaction, memberId: number, templateId: string): Promise<boolean> {
  const [{ affectedRows }] = await tx
    .update(messageCredits)
    .set({ credits: sql`${messageCredits.credits} - 1` })
    .where(and(of(memberId, templateId), gt(messageCredits.credits, 0)))
  return affectedRows === 1
}

/** Moves the double's credits to the kept member, who has taken over the WeChat account that gave them. */
export const moveCredits = (db: Database, doubleId: number, keptId: number): Promise<void> =>
  inTransaction(db, async (tx) => {
    const mine = eq(messageCredits.memberId, doubleId)
    const creditRows = await tx.select().from(messageCredits).where(mine).for('update')
    for (const { templateId, credits } of creditRows)
      await tx
        .insert(messageCredits)
        .values({ memberId: keptId, templateId, credits })
        .onDuplicateKeyUpdate({ set: { credits: sql`${messageCredits.credits} + ${credits}` } })
    await tx.delete(messageCredits).where(mine)
  })

export async function addCredit(db: Anywhere, memberId: number, templateId: string): Promise<void> {
  await db
    .update(messageCredits)
    .set({ credits: sql`${messageCredits.credits} + 1` })
    .where(of(memberId, templateId))
}

export async function emptyCredits(db: Anywhere, memberId: number, templateId: string): Promise<void> {
  await db.update(messageCredits).set({ credits: 0 }).where(of(memberId, templateId))
}

/** The credits of a WeChat account end with its binding. */
export async function emptyAllCredits(tx: Transaction, memberId: number): Promise<void> {
  await tx.delete(messageCredits).where(eq(messageCredits.memberId, memberId))
}

/** The sources that report an accept: the member's mini-program, and WeChat itself where message push is set up. */
export type Source = 'client' | 'push'

interface ConsentReport {
  memberId: number
  templateId: string
  /** Identifies the report, so that a repetition is recognised. */
  mark: string
}

const WINDOW_MS = 10 * 60_000

const prefix = (what: string, { memberId, templateId }: ConsentReport) => `${what}/${memberId}/${templateId}/`

/**
 * Counts an accept. Usually both sources report the same accept, in either order; without push, or when a phone loses its
 * connection, only one does. So an accept counts when its source has recently reported more accepts than the other: two reports
 * of one tap make one credit, two taps make two, and either source may be missing. A member who refuses reminders gets none.
 */
export const countAccept = (db: Database, source: Source, report: ConsentReport): Promise<void> =>
  inTransaction(db, async (tx) => {
    await lockCredits(tx, report)
    const member = await readMember(tx, report.memberId)
    if (!member || !isAllowed(member, 'reminders')) return
    if (!(await isNews(tx, prefix(`accept/${source}`, report), report.mark))) return
    const own = await countLately(tx, prefix(`accept/${source}`, report))
    const other = await countLately(tx, prefix(`accept/${source === 'client' ? 'push' : 'client'}`, report))
    if (own > other) await addCredit(tx, report.memberId, report.templateId)
  })

/** The member switched the template off: WeChat has thrown all credits away. */
export const countSwitchOff = (db: Database, report: ConsentReport): Promise<void> =>
  inTransaction(db, async (tx) => {
    await lockCredits(tx, report)
    if (await isNews(tx, prefix('off', report), report.mark)) await emptyCredits(tx, report.memberId, report.templateId)
  })

/** Creates the row if necessary and locks it: an upsert takes an exclusive lock, a failed insert only a shared one. */
async function lockCredits(tx: Transaction, { memberId, templateId }: ConsentReport): Promise<void> {
  await tx
    .insert(messageCredits)
    .values({ memberId, templateId, credits: 0 })
    .onDuplicateKeyUpdate({ set: { credits: sql`${messageCredits.credits}` } })
}

async function isNews(tx: Transaction, beginning: string, mark: string): Promise<boolean> {
  const fact = beginning + sha256(mark).slice(0, 16)
  const [{ affectedRows }] = await tx
    .insert(creditEvents)
    .ignore()
    .values({ fact, at: instant(new Date()) })
  return affectedRows === 1
}

async function countLately(tx: Transaction, beginning: string): Promise<number> {
  const since = addMs(instant(new Date()), -WINDOW_MS)
  const { fact, at } = creditEvents
  const [row] = await tx
    .select({ events: count() })
    .from(creditEvents)
    // '~' sorts after every character a mark is made of.
    .where(and(gte(fact, beginning), lt(fact, `${beginning}~`), gte(at, since)))
  return row?.events ?? 0
}
