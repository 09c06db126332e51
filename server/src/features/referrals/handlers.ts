import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { House } from '../../outside.ts'
import type { OutboxHandler } from '../../platform/outbox.ts'
import { findByInviteCode } from '../members/store.ts'
import { asHeld, heirOf, holdingOf } from '../merging/store.ts'
import { policyInForce } from '../policy/store.ts'
import { neededFen, openReferral, type Pair, type Reward, rewardInvitee, rewardInviter } from './moves.ts'
import { purchaseRefs, readGiven, readReferral, rewardedAt, waitingInvitees } from './store.ts'
import { closeReferral, dropReferral, type Given, takeBack } from './take-back.ts'

interface Registered {
  memberId: number
  inviteCode: string
}

interface Bought {
  memberId: number
  storeId: number
  receiptNo: string
}

interface CameBack extends Bought {
  leftFen: number
}

export const referralHandlers = (house: House): Record<string, OutboxHandler> => ({
  'member.registered': { handle: (payload: Registered) => open(house, payload) },
  'purchase.recorded': {
    sift: (payloads: Bought[]) => ofInvited(house, payloads),
    handle: (payload: Bought) => purchaseMade(house, payload),
  },
  'purchase.returned': { handle: (payload: CameBack) => purchaseReturned(house, payload) },
  // Who was a member already is no new friend.
  'member.merged': {
    handle: async ({ doubleId }: { doubleId: number }) => {
      await house.book.make(dropReferral, { inviteeId: doubleId })
    },
  },
})

/** The purchases of members whose invitation stands waiting: hardly any, and the others concern nobody here. */
async function ofInvited({ db }: House, payloads: Bought[]): Promise<Bought[]> {
  const memberIds = payloads.map(({ memberId }) => memberId)
  const waiting = new Set(await waitingInvitees(db, memberIds))
  return payloads.filter(({ memberId }) => waiting.has(memberId))
}

/** A code nobody has, or one's own, is passed over: signing up matters more than a link that has lost a letter. */
async function open(house: House, { memberId: inviteeId, inviteCode }: Registered): Promise<void> {
  const { db, book } = house
  const inviter = inviteCode ? await findByInviteCode(db, inviteCode) : null
  if (!inviter || inviter.memberId === inviteeId) return
  const pair = { inviterId: inviter.memberId, inviteeId }
  const { due } = await book.make(openReferral, pair)
  if (due) return void (await reward(house, { ...pair, purchase: null }))
  // Messages are handled in any order: a purchase that was told of before the invitation stood waiting is looked at now.
  for (const ref of await purchaseRefs(db, inviteeId)) {
    if (await reward(house, { ...pair, purchase: purchaseOf(ref) })) return
  }
}

function purchaseOf(ref: string) {
  const [storeId, receiptNo] = ref.split(/\/(.*)/s) as [string, string]
  return { storeId: Number(storeId), receiptNo }
}

async function purchaseMade(house: House, { memberId, storeId, receiptNo }: Bought): Promise<void> {
  const referral = await readReferral(house.db, memberId)
  if (referral?.state !== 'waiting') return
  const { inviterId, inviteeId } = referral
  await reward(house, { inviterId, inviteeId, purchase: { storeId, receiptNo } })
}

/** Rewards both sides, each once however often it is called. False when it is not, or no longer, due. */
async function reward({ db, book, clock, offsetMinutes }: House, reward: Reward): Promise<boolean> {
  const { inviterId, inviteeId }: Pair = reward
  try {
    await book.make(rewardInvitee, reward)
    const month = dayOf(clock.now(), offsetMinutes).slice(0, 7)
    await book.make(rewardInviter, { inviterId: await heirOf(db, inviterId), inviteeId, month })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invitation.not-due') return false
    throw error
  }
}

async function purchaseReturned(house: House, { memberId, storeId, receiptNo, leftFen }: CameBack): Promise<void> {
  const { db, book, offsetMinutes } = house
  const referral = await readReferral(db, memberId)
  if (referral?.purchaseRef !== `${storeId}/${receiptNo}`) return
  const at = await rewardedAt(db, memberId)
  const { document: policy } = await policyInForce(db, at!)
  if (leftFen >= neededFen(policy)) return
  await book.make(closeReferral, { inviteeId: memberId })
  const closed = (await readReferral(db, memberId))!
  const given = await readGiven(db, closed, offsetMinutes)
  const back = async (one: Given) =>
    book.make(takeBack, { ...one, holding: await holdingOf(db, one.memberId, one.seq) })
  await Promise.all(given.map((one) => asHeld(() => back(one))))
}
