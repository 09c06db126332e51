import type { AuditAction } from '@pointbook/shared/audit-actions'
import type { Instant } from '@pointbook/shared/day'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { record } from '../../../platform/audit-log.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readShop } from '../../shop/settings/store.ts'
import { lockMember } from '../directory/lock.ts'
import { requireMembership } from '../directory/store.ts'
import { type CardRow, readCard, readCardOf } from './store.ts'
import { cards } from './tables.ts'

interface By {
  memberId: number
  actor: ActorRef
}

/** A member's card as they and the till see it. */
export const cardView = ({ cardNo, state, issuedAt }: CardRow) => ({
  cardNo,
  state: state === 'lost' ? ('lost' as const) : ('active' as const),
  issuedAt: issuedAt!,
})

/** Gives a member a blank card; the card they had, lost or not, is replaced. The same card again changes nothing. */
export async function issueCard(server: Server, { memberId, actor }: By, cardNo: string) {
  if (!(await readShop(server.db)).cards) throw new Refusal('cards.off')
  const at = server.clock.now()
  return inTransaction(server.db, async (tx) => {
    await lockMember(tx, memberId)
    const card = await holdCard(tx, cardNo)
    if (card?.state === 'active' && card.memberId === memberId) return cardView(card)
    if (!card) throw new Refusal('card.unknown')
    if (card.state !== 'blank') throw new Refusal('card.taken')
    await requireMembership(tx, memberId)
    const before = await readCardOf(tx, memberId)
    if (before) await change(tx, before.cardNo, { state: 'replaced', endedAt: at })
    const issued = { state: 'active', memberId, issuedAt: at, issuedBy: actor } as const
    await change(tx, cardNo, issued)
    const text = before ? `补办会员卡 ${cardNo}，原卡 ${before.cardNo} 作废` : `发放会员卡 ${cardNo}`
    await log(tx, at, { memberId, actor }, 'card.issue', text)
    return cardView({ ...card, ...issued })
  })
}

/** Reports the member's card lost, or found again. Throws `card.none` when they have none. */
export async function reportCard({ db, clock }: Server, { memberId, actor }: By, lost: boolean) {
  const at = clock.now()
  return inTransaction(db, async (tx) => {
    await lockMember(tx, memberId)
    const card = await readCardOf(tx, memberId)
    if (!card) throw new Refusal('card.none')
    const state = lost ? 'lost' : 'active'
    if (card.state === state) return cardView(card)
    await change(tx, card.cardNo, { state, endedAt: lost ? at : null })
    const text = lost ? `挂失会员卡 ${card.cardNo}` : `解除会员卡 ${card.cardNo} 的挂失`
    await log(tx, at, { memberId, actor }, lost ? 'card.loss' : 'card.found', text)
    return cardView({ ...card, state })
  })
}

/** The kept member gets the double's card when they have none; otherwise the card is deactivated. */
export async function moveCards({ db, clock }: Server, doubleId: number, keptId: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const memberId of [doubleId, keptId].sort((a, b) => a - b)) await lockMember(tx, memberId)
    const [theirs, mine] = [await readCardOf(tx, doubleId), await readCardOf(tx, keptId)]
    if (theirs && mine) await change(tx, theirs.cardNo, { state: 'replaced', endedAt: clock.now() })
    await tx.update(cards).set({ memberId: keptId }).where(eq(cards.memberId, doubleId))
  })
}

async function holdCard(tx: Transaction, cardNo: string): Promise<CardRow | null> {
  const [row] = await tx.select().from(cards).where(eq(cards.cardNo, cardNo)).for('update')
  return row ?? null
}

const change = (tx: Transaction, cardNo: string, set: Partial<CardRow>) =>
  tx.update(cards).set(set).where(eq(cards.cardNo, cardNo))

const log = (tx: Transaction, at: Instant, { memberId, actor }: By, action: AuditAction, text: string) =>
  record(tx, at, { actor, action, subject: memberRef(memberId), text })

/** The member of a scanned card. For a card that is not active it throws a refusal that says what the clerk should do. */
export async function scannedMember({ db }: Server, cardNo: string): Promise<number> {
  const card = (await readShop(db)).cards ? await readCard(db, cardNo) : null
  if (!card) throw new Refusal('code.unknown')
  if (card.state === 'lost') throw new Refusal('card.lost')
  if (card.state === 'replaced') throw new Refusal('card.replaced')
  if (card.memberId === null) throw new Refusal('card.blank')
  return card.memberId
}
