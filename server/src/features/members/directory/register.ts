import { randomInt } from 'node:crypto'
import type { Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { send } from '../../../book/events.ts'
import { FIRST_SEAL } from '../../../book/seal.ts'
import { pointsAccounts } from '../../../book/tables.ts'
import { emptyAccount } from '../../../core/ledger/points.ts'
import type { DataKeys } from '../../../platform/data-keys.ts'
import { isDuplicate, isUnavailable } from '../../../platform/database/failures.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { hasLeft } from './left.ts'
import { openidColumns, phoneColumns } from './personal-data.ts'
import { findByOpenid, findByPhone } from './store.ts'
import { members } from './tables.ts'
import { defaultNickname, type Source } from './words.ts'

export interface Newcomer {
  openid: string
  /** Digits as WeChat gives them, with `+` and the country before them outside China. */
  phone: string
  nickname?: string | undefined
  /** The friend's code, '' for none. */
  inviteCode: string
  source: Source
  /** Written with the new member, in the same transaction. */
  with?(tx: Transaction, memberId: number): Promise<void>
}

// Without 0 O 1 I L, which people mistake for one another.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const TRIES = 3

export const newInviteCode = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** A person who left a short time ago gets no second welcome gift, and is nobody's new friend. */
const asRejoining = { source: 'rejoin', inviteCode: '' } as const

/**
 * Creates a member with an empty account and adds `member.registered` to the outbox. For an existing member it changes nothing. A
 * phone that belongs to somebody else is refused with `member.phone-taken`. Returns the member's number.
 */
export async function register(server: Server, newcomer: Newcomer): Promise<number> {
  const { db, keys, clock } = server
  for (let tries = 1; ; tries++) {
    // The phone is read first: if another request of the same person adds the member between these two reads, the second read
    // finds them.
    const owner = await findByPhone(server, newcomer.phone)
    const known = await findByOpenid(server, newcomer.openid)
    if (known !== null) return known
    if (owner !== null) throw new Refusal('member.phone-taken')
    try {
      const rejoins = await hasLeft(server, [newcomer.openid, newcomer.phone])
      const joins = rejoins ? { ...newcomer, ...asRejoining } : newcomer
      return await inTransaction(db, (tx) => add(tx, keys, clock.now(), joins))
    } catch (error) {
      // Another request has added this openid, phone or invite code: read again.
      const mayPass = isDuplicate(error) || isUnavailable(error)
      if (!mayPass || tries === TRIES) throw error
    }
  }
}

async function add(tx: Transaction, keys: DataKeys, now: Instant, newcomer: Newcomer): Promise<number> {
  const { openid, phone, inviteCode, source, nickname = defaultNickname(phone) } = newcomer
  const [{ insertId: memberId }] = await tx.insert(members).values({
    ...openidColumns(keys, openid),
    ...phoneColumns(keys, phone),
    nickname,
    avatarUrl: '',
    sex: 'unknown',
    tags: [],
    inviteCode: newInviteCode(),
    source,
    joinedAt: now,
  })
  await tx.insert(pointsAccounts).values(emptyAccountRow(memberId))
  await newcomer.with?.(tx, memberId)
  await send(tx, 'member.registered', { memberId, inviteCode }, now)
  return memberId
}

/** The row of a new account. */
export const emptyAccountRow = (memberId: number) => ({ ...emptyAccount(memberId), seal: FIRST_SEAL })
