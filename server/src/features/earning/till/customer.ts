import { Refusal } from '@pointbook/shared/refusals'
import { usableAmount } from '../../../core/assets/lots.ts'
import { tierInForce } from '../../../core/tiers/tiers.ts'
import type { Server } from '../../../server.ts'
import { cardView } from '../../members/cards/issue.ts'
import { readCardOf } from '../../members/cards/store.ts'
import { readMember } from '../../members/directory/store.ts'
import { memberNo } from '../../members/directory/words.ts'
import { readOpenLots } from '../../points/ledger/store.ts'
import { readStanding } from '../../points/tiers/view.ts'

/** The member as the clerk sees them, also when frozen: the clerk must be able to explain the refusals. */
export async function readCustomer(server: Server, memberId: number) {
  const { db } = server
  const [member, { policy, account, heldTier, today }, lots, card] = await Promise.all([
    readMember(db, memberId),
    readStanding(server, memberId),
    readOpenLots(db, memberId),
    readCardOf(db, memberId),
  ])
  if (!member) throw new Refusal('member.unknown')
  return {
    memberId,
    memberNo: memberNo(memberId),
    nickname: member.nickname,
    avatarUrl: member.avatarUrl,
    phoneMasked: member.phoneMasked,
    tierName: tierInForce(policy, account, heldTier, today)?.name ?? '',
    balance: account.balance,
    usable: usableAmount(lots, today),
    standing: account.standing,
    card: card && cardView(card),
  }
}
