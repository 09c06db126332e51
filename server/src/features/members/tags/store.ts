import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { lengthOf } from '@pointbook/shared/text'
import { count, desc, eq, inArray, type SQL } from 'drizzle-orm'
import { record } from '../../../platform/audit-log.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import type { Server } from '../../../server.ts'
import { members } from '../directory/tables.ts'
import { memberTags } from './tables.ts'

const LONGEST = 20
const MOST_OF_ONE = 50
const MOST_LISTED = 200

/** Throws `tags.invalid` for empty ones, twins, and too many or too long ones. */
export function requireTags(tags: readonly string[]): void {
  const distinct = new Set(tags).size === tags.length
  const fit = tags.every((tag) => tag !== '' && lengthOf(tag) <= LONGEST)
  if (!distinct || !fit || tags.length > MOST_OF_ONE) throw new Refusal('tags.invalid')
}

export const tagsRevision = (tags: readonly string[]): string => revisionOf({ tags })

interface TagChange {
  memberId: number
  tags: string[]
  /** The revision of the tags that these replace. */
  revision: string
  actor: ActorRef
}

/** Replaces a member's tags, with an audit log line. Throws `member.unknown`, `edit.outdated`. */
export function changeTags({ db, clock }: Server, { memberId, tags, revision, actor }: TagChange): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { id, tags: had } = members
    const [row] = await tx.select({ had }).from(members).where(eq(id, memberId)).for('update')
    if (!row) throw new Refusal('member.unknown')
    requireRevision(revision, { tags: row.had }, { tags })
    const text = differenceText(row.had, tags)
    if (text === '') return
    await writeTags(tx, memberId, tags)
    const detail = { before: row.had, after: tags }
    await record(tx, clock.now(), { actor, action: 'member.tags', subject: memberRef(memberId), text, detail })
  })
}

function differenceText(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((tag) => !before.includes(tag))
  const dropped = before.filter((tag) => !after.includes(tag))
  const quoted = (tags: string[]) => tags.map((tag) => `「${tag}」`).join('')
  return [
    ...(added.length > 0 ? [`加上标签${quoted(added)}`] : []),
    ...(dropped.length > 0 ? [`去掉标签${quoted(dropped)}`] : []),
  ].join('，')
}

/** The tags of two records together, up to the limit. */
export const tagsOfBoth = (one: readonly string[], other: readonly string[]): string[] =>
  [...new Set([...one, ...other])].slice(0, MOST_OF_ONE)

/** The only writer of tags: it writes the member's list and the table by tag. */
export async function writeTags(tx: Transaction, memberId: number, tags: string[]): Promise<void> {
  await tx.update(members).set({ tags }).where(eq(members.id, memberId))
  await tx.delete(memberTags).where(eq(memberTags.memberId, memberId))
  if (tags.length > 0) await tx.insert(memberTags).values(tags.map((tag) => ({ memberId, tag })))
}

/** The tags in use and how many members have each, the most used first. */
export async function readTags(db: Database): Promise<{ rows: { tag: string; members: number }[]; more: boolean }> {
  const { tag } = memberTags
  const rows = await db
    .select({ tag, members: count() })
    .from(memberTags)
    .groupBy(tag)
    .orderBy(desc(count()), tag)
    .limit(MOST_LISTED + 1)
  return { rows: rows.slice(0, MOST_LISTED), more: rows.length > MOST_LISTED }
}

/** Members with a tag, as a condition on `members`. */
export const hasTag = (db: Database, tag: string): SQL =>
  inArray(members.id, db.select({ id: memberTags.memberId }).from(memberTags).where(eq(memberTags.tag, tag)))
