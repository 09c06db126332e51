import { eq, inArray } from 'drizzle-orm'
import { LEFT_NAME } from './forget.ts'
import {
  addressColumns,
  addressOf,
  birthdayColumns,
  birthdayOf,
  isWeChat,
  openidColumns,
  openidOf,
} from './personal-data.ts'
import {
  blank,
  type PersonalPart,
  type PersonalReader,
  type PersonalSubject,
  thenStays,
  when,
  whole,
} from './personal-part.ts'
import { members } from './tables.ts'
import { memberNo, sources } from './words.ts'

const sexes = { unknown: '未填写', female: '女', male: '男' } as const

const readRecords = ({ db }: PersonalReader, { memberIds }: PersonalSubject) =>
  db.select().from(members).where(inArray(members.id, memberIds)).orderBy(members.id)

export const directoryPersonal: PersonalPart = {
  sections: [
    whole(
      {
        title: '基本资料',
        columns: ['会员号', '昵称', '性别', '生日', '地址', '头像', '邀请码', '入会方式', '入会时间'],
        of: members,
      },
      async (reader, subject) => {
        const { keys } = reader.server
        return (await readRecords(reader, subject)).map((one) => [
          memberNo(one.id),
          one.nickname,
          sexes[one.sex],
          birthdayOf(keys, one),
          addressOf(keys, one),
          one.avatarUrl,
          one.inviteCode,
          (sources as Record<string, string>)[one.source] ?? one.source,
          when(reader, one.joinedAt),
        ])
      },
    ),
    whole({ title: '登录身份', columns: ['会员号', '手机号', '微信 OpenID'], of: members }, async (reader, subject) => {
      const { keys } = reader.server
      return (await readRecords(reader, subject)).map((one) => [
        memberNo(one.id),
        keys.open(one.phoneSealed),
        isWeChat(keys, one) ? openidOf(keys, one) : '',
      ])
    }),
  ],
  leaving: [
    blank(
      members,
      'accounting',
      (memberId) => eq(members.id, memberId),
      (memberId, { keys }) => ({
        ...openidColumns(keys, `left:${memberId}`),
        phoneHash: `left:${memberId}`,
        phoneSealed: '',
        phoneMasked: '',
        phoneTail: '',
        nickname: LEFT_NAME,
        avatarUrl: '',
        picturesOn: null,
        picturesSent: 0,
        sex: 'unknown' as const,
        ...birthdayColumns(keys, null),
        birthdaySetOn: null,
        ...addressColumns(keys, ''),
        tags: [],
        choices: {},
        agreedVersion: 0,
        agreedAt: null,
        inviteCode: `L${memberId.toString(36)}`,
      }),
      thenStays('each account of the ledger has its member, of whom only the number and the day of joining are left'),
    ),
  ],
}
