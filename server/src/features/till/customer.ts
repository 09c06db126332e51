import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { usablePoints } from '../../core/points.ts'
import { tierInForce } from '../../core/tiers.ts'
import type { House } from '../../outside.ts'
import { cardView } from '../cards/issue.ts'
import { readCardOf } from '../cards/store.ts'
import { readMember } from '../members/store.ts'
import { memberNo } from '../members/words.ts'
import { readAccount, readOpenLots } from '../points/store.ts'
import { policyInForce } from '../policy/store.ts'
import { readHeldTier } from '../tiers/store.ts'

/** The member as the clerk sees them. A frozen one too: the clerk must be able to say why nothing works. */
export async function readCustomer({ db, clock, offsetMinutes }: House, memberId: number) {
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
