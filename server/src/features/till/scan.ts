import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { isCardNo } from '../../core/card-no.ts'
import { MEMBER_CODE_LENGTH } from '../../core/member-code.ts'
import { usablePoints } from '../../core/points.ts'
import { tierInForce } from '../../core/tiers.ts'
import type { House } from '../../outside.ts'
import { cardView, scannedMember } from '../cards/issue.ts'
import { readCardOf } from '../cards/store.ts'
import { findOrderByPickupCode, orderView } from '../mall/store.ts'
import { provedCode } from '../members/codes.ts'
import { useCode } from '../members/moves.ts'
import { readMember } from '../members/store.ts'
import { issueVisit } from '../members/visits.ts'
import { memberNo } from '../members/words.ts'
import { heirOf } from '../merging/store.ts'
import { readAccount, readOpenLots } from '../points/store.ts'
import { policyInForce } from '../policy/store.ts'
import { readHeldTier } from '../tiers/store.ts'

interface Scanned {
  code: string
  requestId: string
}

/** Tells what a code is by its digits and does what scanning it does. Throws `code.unknown` for what is no code of ours. */
export async function scan(house: House, app: FastifyInstance, clerkId: number, { code, requestId }: Scanned) {
  if (code.length === MEMBER_CODE_LENGTH) return openVisit(house, app, clerkId, { code, requestId })
  if (isCardNo(code)) return openVisitByCard(house, app, clerkId, code)
  if (!/^8\d{11}$/.test(code)) throw new Refusal('code.unknown')
  const found = await findOrderByPickupCode(house.db, code)
  if (!found) throw new Refusal('code.unknown')
  return { kind: 'pickup' as const, order: orderView(found), memberNickname: found.nickname }
}

async function openVisit(house: House, app: FastifyInstance, clerkId: number, { code, requestId }: Scanned) {
  const { db, book, clock, env } = house
  const shown = provedCode(env.secrets.codeSecret, code, clock.now())
  const { usedAt } = await book.make(useCode, { ...shown, actor: `clerk/${clerkId}`, requestId })
  const memberId = await heirOf(db, shown.memberId)
  return {
    kind: 'member' as const,
    by: 'code' as const,
    ...issueVisit(app, { memberId, clerkId, openedAt: usedAt, now: clock.now() }),
    member: await readCustomer(house, memberId),
  }
}

/** A card works as often as it is shown, so the clerk is told to ask for the name. */
async function openVisitByCard(house: House, app: FastifyInstance, clerkId: number, cardNo: string) {
  const memberId = await scannedMember(house, cardNo)
  const now = house.clock.now()
  return {
    kind: 'member' as const,
    by: 'card' as const,
    ...issueVisit(app, { memberId, clerkId, openedAt: now, now }),
    member: await readCustomer(house, memberId),
  }
}

/** The member as the clerk sees them. A frozen one too: the clerk must be able to say why nothing works. */
async function readCustomer({ db, clock, offsetMinutes }: House, memberId: number) {
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const [member, account, lots, { document: policy }, held, card] = await Promise.all([
    readMember(db, memberId),
    readAccount(db, memberId),
    readOpenLots(db, memberId),
    policyInForce(db, now),
    readHeldTier(db, memberId),
    readCardOf(db, memberId),
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
    card: card && cardView(card),
  }
}
