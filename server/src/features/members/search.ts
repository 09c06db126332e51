import type { Env } from '@pointbook/config/env'
import { eq, or, type SQL } from 'drizzle-orm'
import { containing } from '../../platform/database/containing.ts'
import { phoneHashOf } from './register.ts'
import { members } from './tables.ts'

/**
 * Members whom a merchant's words may mean: a whole phone number, a member number, the last four digits of a phone, or part of a
 * nickname. Undefined when nothing was typed.
 */
export function membersMatching(env: Env, typed: string): SQL | undefined {
  const text = typed.trim()
  const digits = text.replace(/[\s-]/g, '')
  if (text === '') return undefined
  if (/^1\d{10}$/.test(digits)) return eq(members.phoneHash, phoneHashOf(env, digits))
  if (/^\d{8,10}$/.test(digits)) return eq(members.id, Number(digits))
  const named = containing(members.nickname, text)
  return /^\d{4}$/.test(digits) ? or(eq(members.phoneTail, digits), named) : named
}
