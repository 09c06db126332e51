import { cleanDigits } from '@pointbook/shared/digits'
import { phonesIn } from '@pointbook/shared/phone'
import { eq, inArray, or, type SQL } from 'drizzle-orm'
import type { DataKeys } from '../../../platform/data-keys.ts'
import { containing } from '../../../platform/database/containing.ts'
import { members } from './tables.ts'

/**
 * Members that match the merchant's search text: a whole phone number, a member number, the last four digits of a phone, or part
 * of a nickname. Undefined when nothing was typed.
 */
export function membersMatching(keys: DataKeys, text: string): SQL | undefined {
  if (text === '') return undefined
  const digits = cleanDigits(text)
  const phones = phonesIn(text).flatMap((phone) => keys.hashes(phone))
  const byPhone = phones.length > 0 ? inArray(members.phoneHash, phones) : undefined
  if (/^\d{8,10}$/.test(digits)) return or(eq(members.id, Number(digits)), byPhone)
  if (byPhone) return byPhone
  const named = containing(members.nickname, text)
  return /^\d{4}$/.test(digits) ? or(eq(members.phoneTail, digits), named) : named
}
