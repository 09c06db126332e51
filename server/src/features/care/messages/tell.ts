import { and, eq, sql } from 'drizzle-orm'
import { insertMany } from '../../../platform/database/insert-many.ts'
import { type Database, inTransaction } from '../../../platform/database/pool.ts'
import { WeChatError, type WeChatFault } from '../../../platform/wechat/errors.ts'
import type { Server } from '../../../server.ts'
import { openidOf } from '../../members/directory/personal-data.ts'
import { type MemberRow, readMember } from '../../members/directory/store.ts'
import { addCredit, emptyCredits, readCreditsOf, takeCredit } from './credits.ts'
import { inboxMessages, type Pushed } from './tables.ts'

export interface Notice {
  memberId: number
  /** Identifies what happened within the member's inbox, at most 80 characters: one fact is reported once. */
  fact: string
  kind: 'expiry' | 'expired' | 'redemption' | 'referral' | 'standing' | 'case' | 'tier' | 'gift'
  title: string
  body: string
  /** Where a tap leads in the mini-program, with a slash at the beginning; '' for nowhere. */
  page: string
  /** The subscribe message of the same fact; a template id of '' means the shop has no such template. */
  push?: Push
}

export interface Push {
  templateId: string
  data: Record<string, string>
}

export interface DeliveryResult {
  /** The fact was not in the inbox before. */
  isNew: boolean
  /** WeChat could not accept the subscribe message now: send it again later. */
  waiting: boolean
}

/**
 * Writes the inbox message, and sends the subscribe message if the member has a credit for it. Even when several processes call
 * it several times, one fact makes one inbox message and at most one subscribe message.
 */
export async function tell(server: Server, notice: Notice): Promise<DeliveryResult> {
  const { db } = server
  const push = notice.push?.templateId ? notice.push : null
  const isNew = await writeInbox(server, notice, push ? 'waiting' : '')
  if (!push) return { isNew, waiting: false }
  // Read before the credit is used, so that a failure here costs no credit.
  const member = await readMember(db, notice.memberId)
  if (!(await claim(db, notice, push))) return { isNew, waiting: false }
  const pushed = member ? await send(server, member, notice, push) : 'failed'
  await settle(db, notice, push, pushed)
  return { isNew, waiting: pushed === 'waiting' }
}

/**
 * Writes the inbox messages of all members without a credit in one statement, and returns the notices of the others, for `tell`.
 */
export async function tellByInbox({ db, clock }: Server, notices: readonly Notice[]): Promise<Set<Notice>> {
  const credits = await readCreditsOf(
    db,
    notices.map(({ memberId }) => memberId),
  )
  const isPayable = ({ memberId, push }: Notice) =>
    credits.some((credit) => credit.memberId === memberId && credit.templateId === push?.templateId)
  const left = new Set(notices.filter(isPayable))
  const rows = notices
    .filter((notice) => !left.has(notice))
    .map(({ push, ...message }) => ({
      ...message,
      pushed: push?.templateId ? ('no-credit' as const) : ('' as const),
      at: clock.now(),
    }))
  // A notice that waited for WeChat may have lost its credit meanwhile.
  const unlessSettled = sql`ON DUPLICATE KEY UPDATE pushed = IF(pushed = 'waiting', VALUES(pushed), pushed)`
  if (rows.length > 0) await db.execute(sql`${insertMany(inboxMessages, rows)} ${unlessSettled}`)
  return left
}

async function writeInbox({ db, clock }: Server, notice: Notice, pushed: Pushed): Promise<boolean> {
  const { push: _, ...message } = notice
  const [{ affectedRows }] = await db
    .insert(inboxMessages)
    .ignore()
    .values({ ...message, pushed, at: clock.now() })
  return affectedRows === 1
}

const messageOf = ({ memberId, fact }: Notice) =>
  and(eq(inboxMessages.memberId, memberId), eq(inboxMessages.fact, fact))

/**
 * Claims the subscribe message for this process and uses a credit. False when another process has it, when it is done, or when
 * there is no credit.
 */
const claim = (db: Database, notice: Notice, { templateId }: Push): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const [{ affectedRows }] = await tx
      .update(inboxMessages)
      .set({ pushed: 'sending' })
      .where(and(messageOf(notice), eq(inboxMessages.pushed, 'waiting')))
    if (affectedRows === 0) return false
    if (await takeCredit(tx, notice.memberId, templateId)) return true
    await tx.update(inboxMessages).set({ pushed: 'no-credit' }).where(messageOf(notice))
    return false
  })

async function send(
  { wechat, keys, log }: Server,
  member: MemberRow,
  notice: Notice,
  { templateId, data }: Push,
): Promise<Pushed> {
  try {
    await wechat.sendSubscribeMessage({ openid: openidOf(keys, member), templateId, page: notice.page.slice(1), data })
    return 'sent'
  } catch (error) {
    const kind = error instanceof WeChatError ? error.kind : 'value'
    log.warn({ kind, notice: notice.kind }, 'a subscribe message was not sent')
    return error instanceof WeChatError ? (fates[error.kind] ?? 'failed') : 'failed'
  }
}

// For all other faults a repetition would fail in the same way.
const fates: Partial<Record<WeChatFault, Pushed>> = {
  'no-credit': 'no-credit',
  'timed-out': 'unknown',
  'broken-off': 'unknown',
  busy: 'waiting',
  throttled: 'waiting',
  quota: 'waiting',
  unreachable: 'waiting',
  config: 'waiting',
}

const settle = (db: Database, notice: Notice, { templateId }: Push, pushed: Pushed): Promise<void> =>
  inTransaction(db, async (tx) => {
    await tx.update(inboxMessages).set({ pushed }).where(messageOf(notice))
    if (pushed === 'no-credit') await emptyCredits(tx, notice.memberId, templateId)
    if (pushed === 'waiting' || pushed === 'failed') await addCredit(tx, notice.memberId, templateId)
  })
