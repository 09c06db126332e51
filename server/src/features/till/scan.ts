import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { MEMBER_CODE_LENGTH } from '../../core/member-code.ts'
import { usablePoints } from '../../core/points.ts'
import { tierInForce } from '../../core/tiers.ts'
import type { House } from '../../outside.ts'
import { findOrderByPickupCode, orderView } from '../mall/store.ts'
import { provedCode } from '../members/codes.ts'
import { useCode } from '../members/moves.ts'
import { readMember } from '../members/store.ts'
import { issueVisit } from '../members/visits.ts'
import { memberNo } from '../members/words.ts'
import { readAccount, readOpenLots } from '../points/store.ts'
import { policyInForce } from '../policy/store.ts'
import { readHeldTier } from '../tiers/store.ts'

interface Scanned {
  code: string
  requestId: string
}

/** Tells what a code is by its digits and does what scanning it does. Throws `code.unknown` for what is no code of ours. */
export async function scan(house: House, app: FastifyInstance, clerkId: number, { code, requestId }: Scanned) {
  const digits = code.replaceAll(' ', '')
  if (digits.length === MEMBER_CODE_LENGTH) return openVisit(house, app, clerkId, { code: digits, requestId })
  if (!/^8\d{11}$/.test(digits)) throw new Refusal('code.unknown')
  const found = await findOrderByPickupCode(house.db, digits)
  if (!found) throw new Refusal('code.unknown')
  return { kind: 'pickup' as const, order: orderView(found), memberNickname: found.nickname }
}

async function openVisit(house: House, app: FastifyInstance, clerkId: number, { code, requestId }: Scanned) {
  const { book, clock, env } = house
  const { memberId, serial } = provedCode(env.secrets.codeSecret, code, clock.now())
  const { usedAt } = await book.make(useCode, { memberId, serial, actor: `clerk/${clerkId}`, requestId })
  return {
    kind: 'member' as const,
    ...issueVisit(app, { memberId, clerkId, openedAt: usedAt, now: clock.now() }),
    member: await readCustomer(house, memberId),
  }
}

/** The member as the clerk sees them. A frozen one too: the clerk must be able to say why nothing works. */
async function readCustomer({ db, clock, offsetMinutes }: House, memberId: number) {
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const [member, account, lots, { document: policy }, held] = await Promise.all([
    readMember(db, memberId),
    readAccount(db, memberId),
    readOpenLots(db, memberId),
    policyInForce(db, now),
    readHeldTier(db, memberId),
  ])
  if (!member || !account) throw new Refusal('member.unknown')
  return {
    memberId,
    memberNo: memberNo(memberId),
    nickname: member.nickname,
    avatarUrl: member.avatarUrl,
    phoneMasked: member.phoneMasked,
    tierName: tierInForce(policy, account, held, today)?.name ?? '',
    balance: account.balance,
    usable: usablePoints(lots, today),
    standing: account.standing,
  }
}
