import { eq, inArray } from 'drizzle-orm'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Handlers, Server } from '../../../server.ts'
import { type MemberRow, readMember } from './store.ts'
import { members } from './tables.ts'
import { isWeChat } from './words.ts'

export const directoryHandlers = ({ db }: Server) =>
  ({
    'member.merged': {
      handle: ({ keptId, doubleId }) =>
        inTransaction(db, async (tx) => {
          await tx
            .select({ id: members.id })
            .from(members)
            .where(inArray(members.id, [keptId, doubleId]))
            .for('update')
          await giveIdentity(tx, (await readMember(tx, keptId))!, (await readMember(tx, doubleId))!)
        }),
    },
  }) satisfies Handlers

/**
 * The kept member gets the double's WeChat account, phone and parts of the profile where they have none. The double gets
 * placeholders.
 */
async function giveIdentity(tx: Transaction, kept: MemberRow, double: MemberRow): Promise<void> {
  const wechat = !isWeChat(kept.openid) && isWeChat(double.openid)
  const phone = kept.phoneMasked === '' && double.phoneMasked !== ''
  const identity = (of: MemberRow) => ({
    ...(wechat && { openid: of.openid }),
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
      ...(wechat && { openid: `merged:${double.id}` }),
      ...(phone && { phoneHash: `merged:${double.id}` }),
    }
    await tx.update(members).set(aside).where(eq(members.id, double.id))
  }
  const profile = {
    birthday: kept.birthday ?? double.birthday,
    birthdaySetOn: kept.birthday ? kept.birthdaySetOn : double.birthdaySetOn,
    sex: kept.sex === 'unknown' ? double.sex : kept.sex,
    address: kept.address || double.address,
    avatarUrl: kept.avatarUrl || double.avatarUrl,
  }
  await tx
    .update(members)
    .set({ ...profile, ...identity(double) })
    .where(eq(members.id, kept.id))
  if (wechat || phone) await tx.update(members).set(identity(kept)).where(eq(members.id, double.id))
}
