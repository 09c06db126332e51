import { Refusal } from '@pointbook/shared/refusals'
import type { DataKeys } from '../../../platform/data-keys.ts'
import type { Server } from '../../../server.ts'
import { readStanding, type Standing } from '../../points/tiers/view.ts'
import { isWeChat } from '../directory/personal-data.ts'
import type { AnyRecordPart, MemberRecord } from '../directory/record-part.ts'
import { type MemberRow, readMember } from '../directory/store.ts'
import { sources } from '../directory/words.ts'
import { profileRevision } from '../profile/correction.ts'
import { profileOf } from '../profile/profile.ts'
import { tagsRevision } from '../tags/store.ts'
import { memberView } from './list.ts'

/** All that the merchant sees of one member besides the lists with pages of their own. Throws `member.unknown`. */
export async function readRecord(
  server: Server,
  memberId: number,
  parts: readonly AnyRecordPart[],
): Promise<MemberRecord> {
  const [member, standing] = await Promise.all([readMember(server.db, memberId), readStanding(server, memberId)])
  if (!member) throw new Refusal('member.unknown')
  const { account, today } = standing
  const added = await Promise.all(parts.map((part) => part(server, { memberId, account, today })))
  // `server/src/features.ts` does not compile while a field is in no part.
  return Object.assign(ownFields(server.keys, member, standing), ...added)
}

export type OwnField = keyof ReturnType<typeof ownFields>

const ownFields = (keys: DataKeys, member: MemberRow, standing: Standing) => ({
  ...memberView(member, standing),
  profile: profileOf(keys, member),
  revisions: { profile: profileRevision(keys, member), tags: tagsRevision(member.tags) },
  wechat: isWeChat(keys, member),
  source: (sources as Record<string, string>)[member.source] ?? member.source,
})
