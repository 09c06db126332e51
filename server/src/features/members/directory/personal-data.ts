import type { DataKeys } from '../../../platform/data-keys.ts'
import type { MemberRow } from './tables.ts'
import { maskPhone } from './words.ts'

// The one way in and out of the sealed columns of a member. The columns `…Unsealed` hold the values of members of the first
// release until the job `seal-personal-data` has sealed them. The next release drops these columns, and the lines here that read them.

type Sealed<Name extends keyof MemberRow> = Pick<MemberRow, Name>

/** An openid and a phone number never have the same hash: one begins with this word. */
const openidKey = (openid: string) => `openid/${openid}`

/** The hashes by which an openid may be stored. */
export const openidHashes = (keys: DataKeys, openid: string): string[] => keys.hashes(openidKey(openid))

export const openidColumns = (keys: DataKeys, openid: string) => ({
  openidHash: keys.hash(openidKey(openid)),
  openidSealed: keys.seal(openid),
  openidUnsealed: null,
})

export const openidOf = (keys: DataKeys, member: Sealed<'openidSealed' | 'openidUnsealed'>): string =>
  member.openidUnsealed ?? keys.open(member.openidSealed)

/** Whether a member has a WeChat account. Imported members have a placeholder until they log in or are merged. */
export const isWeChat = (keys: DataKeys, member: Sealed<'openidSealed' | 'openidUnsealed'>): boolean =>
  !openidOf(keys, member).includes(':')

export const phoneColumns = (keys: DataKeys, phone: string) => ({
  phoneHash: keys.hash(phone),
  phoneSealed: keys.seal(phone),
  phoneMasked: maskPhone(phone),
  phoneTail: phone.slice(-4),
})

export const addressColumns = (keys: DataKeys, address: string) => ({
  addressSealed: keys.seal(address),
  addressUnsealed: '',
})

export const addressOf = (keys: DataKeys, member: Sealed<'addressSealed' | 'addressUnsealed'>): string =>
  member.addressUnsealed || keys.open(member.addressSealed)

/** `MM-DD`, or `YYYY-MM-DD` where the member has told the year; null for none. Month and day stay readable, for rules and greetings. */
export const birthdayColumns = (keys: DataKeys, birthday: string | null) => ({
  birthMonthDay: birthday?.slice(-5) ?? null,
  birthYearSealed: keys.seal(birthday ? birthday.slice(0, -6) : ''),
  birthdayUnsealed: null,
})

export function birthdayOf(
  keys: DataKeys,
  member: Sealed<'birthMonthDay' | 'birthYearSealed' | 'birthdayUnsealed'>,
): string | null {
  const { birthMonthDay, birthYearSealed, birthdayUnsealed } = member
  const year = keys.open(birthYearSealed)
  return birthdayUnsealed ?? (birthMonthDay && (year ? `${year}-${birthMonthDay}` : birthMonthDay))
}
