import { type PurchaseRef, parsePurchaseRef, purchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Events } from '../../../book/events.ts'
import type { Server } from '../../../server.ts'
import { asHeld, heirOf, holdingOf } from '../../members/identities/store.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { neededFen, type Terms } from './moves.ts'
import { rewardAny } from './reward.ts'
import { purchaseRefs, type ReferralRow, readReferral, readReward, rewardedAt } from './store.ts'
import { type Closed, closeReferral, replacePurchase, type Standing, takeBack } from './take-back.ts'

/**
 * A reward depends on its purchase: when too little is left of it, another purchase that qualifies takes its place. Without one
 * the reward is taken back, and a later purchase may earn it again.
 */
export async function purchaseReturned(
  server: Server,
  { memberId: inviteeId, storeId, receiptNo, leftFen }: Events['purchase.returned'],
): Promise<void> {
  const ref = purchaseRef({ storeId, receiptNo })
  const referral = await readReferral(server.db, inviteeId)
  if (!referral) return
  if (referral.purchaseRef === ref) {
    const terms = await termsOf(server, referral)
    if (leftFen >= neededFen(terms) || (await replaced(server, inviteeId, ref, terms))) return
  }
  // After a crash it continues with the round that the first call has closed.
  const closed = await unlessNotDue(() => close(server, inviteeId, ref))
  if (!closed) return
  await takeAllBack(server, inviteeId, closed)
  const { inviterId, round } = (await readReferral(server.db, inviteeId))!
  // A purchase whose event came while the reward still stood is checked now.
  await rewardAny(server, { inviterId, inviteeId, round })
}

/** The terms under which an invitation was rewarded; today's terms for one that was never rewarded. */
async function termsOf({ db, clock }: Server, referral: ReferralRow): Promise<Terms> {
  const at = (await rewardedAt(db, referral)) ?? clock.now()
  return (await policyInForce(db, at)).document.referral
}

/** Whether another purchase of the friend carries the reward now. */
async function replaced(server: Server, inviteeId: number, purchaseRef: PurchaseRef, terms: Terms): Promise<boolean> {
  const { db, book } = server
  for (const ref of await purchaseRefs(db, inviteeId)) {
    if (ref === purchaseRef) continue
    const carried = await unlessNotDue(async () =>
      asHeld(async () =>
        book.make(replacePurchase, {
          ...(await standing(server, inviteeId, purchaseRef)),
          by: parsePurchaseRef(ref)!,
          terms,
        }),
      ),
    )
    if (carried) return true
  }
  return false
}

const close = (server: Server, inviteeId: number, purchaseRef: PurchaseRef): Promise<Closed> =>
  asHeld(async () => server.book.make(closeReferral, await standing(server, inviteeId, purchaseRef)))

async function standing({ db }: Server, inviteeId: number, purchaseRef: PurchaseRef): Promise<Standing> {
  const { inviterId } = (await readReferral(db, inviteeId))!
  return { inviterId, inviteeId, purchaseRef, heirId: await heirOf(db, inviterId) }
}

async function takeAllBack(server: Server, inviteeId: number, { round, given }: Closed): Promise<void> {
  await Promise.all(
    given.map(async (entry) => {
      const gift = { inviteeId, round, ...(await readReward(server, entry)) }
      const back = async () =>
        server.book.make(takeBack, { ...gift, holding: await holdingOf(server.db, gift.memberId, gift.seq) })
      return asHeld(back)
    }),
  )
}

/** Null when no reward depends on the purchase. */
async function unlessNotDue<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invitation.not-due') return null
    throw error
  }
}
