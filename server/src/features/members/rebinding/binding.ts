import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { DataKeys } from '../../../platform/data-keys.ts'
import type { Transaction } from '../../../platform/database/pool.ts'
import { isWeChat, openidColumns } from '../directory/personal-data.ts'
import type { MemberRow } from '../directory/store.ts'
import { members } from '../directory/tables.ts'

/** A placeholder for a released openid or phone hash. A merge may move it to another member, so it contains no member number. */
export const standIn = (): string => `released:${randomUUID()}`

/** Unbinds the WeChat accounts of locked members; false when there are none. */
export async function unbindWeChats(tx: Transaction, keys: DataKeys, rows: readonly MemberRow[]): Promise<boolean> {
  const bound = rows.filter((member) => isWeChat(keys, member))
  for (const { id } of bound) await tx.update(members).set(openidColumns(keys, standIn())).where(eq(members.id, id))
  return bound.length > 0
}
