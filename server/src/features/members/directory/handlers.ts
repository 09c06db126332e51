import { eq } from 'drizzle-orm'
import type { DataKeys } from '../../../platform/data-keys.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Handlers, Server } from '../../../server.ts'
import { lockMembers } from './lock.ts'
import {
  addressColumns,
  addressOf,
  birthdayColumns,
  birthdayOf,
  isWeChat,
  openidColumns,
  openidOf,
} from './personal-data.ts'
import { type MemberRow, readMember } from './store.ts'
import { members } from './tables.ts'

export const directoryHandlers = ({ db, keys }: Server) =>
  ({
    'member.merged': {
      handle: ({ keptId, doubleId }) =>
        inTransaction(db, async (tx) => {
          await lockMembers(tx, [keptId, doubleId])
          await giveIdentity(tx, keys, (await readMember(tx, keptId))!, (await readMember(tx, doubleId))!)
        }),
    },
  }) satisfies Handlers

/**
 * The kept member gets the double's WeChat account, phone and parts of the profile where they have none. The double gets
 * placeholders.
 */
async function giveIdentity(tx: Transaction, keys: DataKeys, kept: MemberRow, double: MemberRow): Promise<void> {
  const wechat = !isWeChat(keys, kept) && isWeChat(keys, double)
  const phone = kept.phoneMasked === '' && double.phoneMasked !== ''
  const identity = (of: MemberRow) => ({
    ...(wechat && openidColumns(keys, openidOf(keys, of))),
    ...(phone && {
      phoneHash: of.phoneHash,
      phoneSealed: of.phoneSealed,
      phoneMasked: of.phoneMasked,
      phoneTail: of.phoneTail,
    }),
  })
  if (wechat || phone) {
    // These columns are unique, so the double's values are replaced first.
    const aside = {
      ...(wechat && openidColumns(keys, `merged:${double.id}`)),
      ...(phone && { phoneHash: `merged:${double.id}` }),
    }
    await tx.update(members).set(aside).where(eq(members.id, double.id))
  }
  const profile = {
    ...birthdayColumns(keys, birthdayOf(keys, kept) ?? birthdayOf(keys, double)),
    birthdaySetOn: kept.birthMonthDay ? kept.birthdaySetOn : double.birthdaySetOn,
    sex: kept.sex === 'unknown' ? double.sex : kept.sex,
    ...addressColumns(keys, addressOf(keys, kept) || addressOf(keys, double)),
    avatarUrl: kept.avatarUrl || double.avatarUrl,
  }
  await tx
    .update(members)
    .set({ ...profile, ...identity(double) })
    .where(eq(members.id, kept.id))
  if (wechat || phone) await tx.update(members).set(identity(kept)).where(eq(members.id, double.id))
}
