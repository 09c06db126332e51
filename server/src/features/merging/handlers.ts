import { eq, inArray } from 'drizzle-orm'
import type { House } from '../../outside.ts'
import { inTransaction, type Transaction } from '../../platform/database/pool.ts'
import type { OutboxHandler } from '../../platform/outbox.ts'
import { closeSessionsOf } from '../../platform/session/member-session.ts'
import { type MemberRow, readMember } from '../members/store.ts'
import { members } from '../members/tables.ts'
import { tagsOfBoth, writeTags } from '../members/tags.ts'
import { isWeChat } from '../members/words.ts'
import { staff, staffStores } from '../staff/tables.ts'

export interface MemberMerged {
  keptId: number
  doubleId: number
  points: number
}

/** What a merge means beside the books: who logs in as whom, and who works where. */
export const mergingHandlers = ({ db }: House): Record<string, OutboxHandler> => ({
  'member.merged': {
    handle: ({ keptId, doubleId }: MemberMerged) =>
      inTransaction(db, async (tx) => {
        await tx
          .select({ id: members.id })
          .from(members)
          .where(inArray(members.id, [keptId, doubleId]))
          .for('update')
        const [kept, double] = [(await readMember(tx, keptId))!, (await readMember(tx, doubleId))!]
        await giveIdentity(tx, kept, double)
        await giveTags(tx, kept, double)
        await givePost(tx, keptId, doubleId)
        await closeSessionsOf(tx, doubleId)
      }),
  },
})

/** The kept member gets what they lack: a WeChat account, a phone, parts of the profile. The double gets the stand-ins instead. */
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
    // Each is unique, so the double steps aside first.
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

/** The kept member is in the groups of both; the double is in none, so that nobody counts twice. */
async function giveTags(tx: Transaction, kept: MemberRow, double: MemberRow): Promise<void> {
  if (double.tags.length === 0) return
  await writeTags(tx, kept.id, tagsOfBoth(kept.tags, double.tags))
  await writeTags(tx, double.id, [])
}

/** A clerk stays a clerk: the kept member works wherever either of the two did, in the higher role. */
async function givePost(tx: Transaction, keptId: number, doubleId: number): Promise<void> {
  const [post] = await tx.select().from(staff).where(eq(staff.memberId, doubleId))
  if (!post) return
  const { role, since } = post
  const places = await tx.select().from(staffStores).where(eq(staffStores.memberId, doubleId))
  const set = role === 'manager' ? { role } : { memberId: keptId }
  await tx.insert(staff).values({ memberId: keptId, role, since }).onDuplicateKeyUpdate({ set })
  if (places.length > 0)
    await tx
      .insert(staffStores)
      .ignore()
      .values(places.map(({ storeId }) => ({ memberId: keptId, storeId })))
  await tx.delete(staffStores).where(eq(staffStores.memberId, doubleId))
  await tx.delete(staff).where(eq(staff.memberId, doubleId))
}
