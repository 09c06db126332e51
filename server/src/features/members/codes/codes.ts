import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { claimOf, type Mac, type MemberCode, serialsAt, writeCode } from '../../../core/members/member-code.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { lastSerialUsed } from './store.ts'

// 48 of the 256 bits, in decimal: the remainder's bias is below one in a million.
const macOf =
  (secret: string): Mac =>
  (text) =>
    String(createHmac('sha256', secret).update(text).digest().readUIntBE(0, 6) % 10 ** 8).padStart(8, '0')

/**
 * The member's first code of this moment that has not been scanned. Refused as `rate.exceeded` when a hundred were scanned in
 * half a minute.
 */
export async function unusedCode(db: Database, secret: string, memberId: number, now: Instant) {
  const { first, last } = serialsAt(now)
  const used = await lastSerialUsed(db, memberId, first, last)
  const serial = used === null ? first : used + 1
  if (serial > last) throw new Refusal('rate.exceeded')
  return { serial, code: writeCode({ memberId, serial }, macOf(secret)) }
}

/** Reads 20 digits as a member code; throws `member-code.invalid` when they are not one of ours, or older than five minutes. */
export function provedCode(secret: string, digits: string, now: Instant): MemberCode {
  const claim = claimOf(digits, now)
  const genuine = Buffer.from(writeCode(claim, macOf(secret)))
  if (!timingSafeEqual(genuine, Buffer.from(digits))) throw new Refusal('member-code.invalid')
  return claim
}
