import type { Env } from '@pointbook/config/env'
import { addMs, instant } from '@pointbook/shared/day'
import { and, count, eq, gt, gte, inArray, lt, sql } from 'drizzle-orm'
import { oneOf } from '../../../platform/database/one-of.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import { sha256 } from '../../../platform/secrets.ts'
import { creditEvents, messageCredits } from './tables.ts'

type Anywhere = Database | Transaction

const of = (memberId: number, templateId: string) =>
  and(eq(messageCredits.memberId, memberId), eq(messageCredits.templateId, templateId))

/** How many messages of each of the shop's templates may still be sent. */
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

/** Who of these members may still be sent a message, and of which template. */
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

/** Hands the double's credits over: for when the kept member has taken the WeChat account that gave them. */
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

/** What a WeChat account has allowed ends with its binding. */
export async function emptyAllCredits(tx: Transaction, memberId: number): Promise<void> {
  await tx.delete(messageCredits).where(eq(messageCredits.memberId, memberId))
}

/** Who tells of a consent: the member's mini-program, and WeChat itself where message push is set up. */
export type Source = 'client' | 'push'

interface ConsentReport {
  memberId: number
  templateId: string
  /** The same whenever the same thing is told again. */
  mark: string
}

const WINDOW_MS = 10 * 60_000

const prefix = (what: string, { memberId, templateId }: ConsentReport) => `${what}/${memberId}/${templateId}/`

/**
 * Counts an accept. Usually both sources tell of the same consent, in either order; where push is not set up, or a phone
 * loses its connection, only one does. So a consent counts when its source has told of more accepts lately than the other:
 * two reports of one tap are one credit, two taps are two, and neither source has to be trusted to be there.
 */
export const countAccept = (db: Database, source: Source, report: ConsentReport): Promise<void> =>
  inTransaction(db, async (tx) => {
    await lockCredits(tx, report)
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

/** Makes the row if need be and holds it: an upsert takes the lock that a plain insert would only share. */
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
  const [found] = await tx
    .select({ events: count() })
    .from(creditEvents)
    // '~' sorts after every character a mark is made of.
    .where(and(gte(fact, beginning), lt(fact, `${beginning}~`), gte(at, since)))
  return found?.events ?? 0
}
