import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { type Doubt, doubtsOf } from '../../core/referrals.ts'
import type { House } from '../../outside.ts'
import type { Database } from '../../platform/database/pool.ts'
import type { OutboxHandler } from '../../platform/outbox.ts'
import { findByInviteCode, readMember } from '../members/store.ts'
import { asHeld, heirOf, holdingOf } from '../merging/store.ts'
import { recordAct } from '../points/acts.ts'
import { readProfile } from '../points/profile.ts'
import { policyInForce } from '../policy/store.ts'
import { readFacts } from './facts.ts'
import { neededFen, openReferral, type Pair, type Reward, rewardInvitee, rewardInviter } from './moves.ts'
import { holdReward } from './review.ts'
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

interface Approved extends Pair {
  purchaseRef: string
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
  'referral.approved': { handle: (payload: Approved) => approved(house, payload) },
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
  const { joinedAt } = await mustRead(db, inviteeId)
  const { due } = await book.make(openReferral, { ...pair, joinedAt })
  await thankForSharing(house, pair)
  if (due) return void (await reward(house, { ...pair, purchase: null }))
  // Messages are handled in any order: a purchase that was told of before the invitation stood waiting is looked at now.
  for (const ref of await purchaseRefs(db, inviteeId)) {
    if (await reward(house, { ...pair, purchase: purchaseOf(ref) })) return
  }
}

async function mustRead(db: Database, memberId: number) {
  const member = await readMember(db, memberId)
  if (!member) throw new Refusal('member.unknown')
  return member
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

async function approved(house: House, { inviterId, inviteeId, purchaseRef }: Approved): Promise<void> {
  await reward(house, { inviterId, inviteeId, purchase: purchaseRef ? purchaseOf(purchaseRef) : null })
  await thankForSharing(house, { inviterId, inviteeId })
}

/**
 * Rewards both sides, each once however often it is called; what looks odd is held or refused instead. False when it is not, or
 * no longer, due.
 */
async function reward(house: House, reward: Reward): Promise<boolean> {
  const { db, book, clock, offsetMinutes } = house
  const { inviterId, inviteeId }: Pair = reward
  try {
    const doubts = await readDoubts(db, reward)
    if (doubts.length > 0) {
      await book.make(holdReward, { ...reward, doubts })
      return true
    }
    await book.make(rewardInvitee, reward)
    const month = dayOf(clock.now(), offsetMinutes).slice(0, 7)
    const heirId = await heirOf(db, inviterId)
    const profile = await readProfile(house, heirId)
    await book.make(rewardInviter, { inviterId: heirId, inviteeId, month, profile })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invitation.not-due') return false
    throw error
  }
}

/** Why an invitation deserves a look; nothing once the merchant has looked. */
async function readDoubts(db: Database, pair: Pair): Promise<Doubt[]> {
  const [referral, { joinedAt }] = await Promise.all([readReferral(db, pair.inviteeId), mustRead(db, pair.inviteeId)])
  return referral?.reviewedBy ? [] : doubtsOf(await readFacts(db, pair, joinedAt))
}

/** What the rules give for a shared link, never for sharing it: once a friend has registered by it, and without doubt. */
async function thankForSharing(house: House, pair: Pair): Promise<void> {
  const { db, book } = house
  const { source } = await mustRead(db, pair.inviteeId)
  if (source !== 'share' || (await readDoubts(db, pair)).length > 0) return
  const memberId = await heirOf(db, pair.inviterId)
  const profile = await readProfile(house, memberId)
  const shared = { memberId, trigger: 'share', code: '', ref: String(pair.inviteeId), profile } as const
  try {
    await book.make(recordAct, { ...shared, amountFen: 0, quantity: 1, actor: 'system' })
  } catch (error) {
    // Who may not earn just now gets nothing; the friend's own points do not depend on it.
    if (!(error instanceof Refusal && error.code.startsWith('member.'))) throw error
  }
}

async function purchaseReturned(house: House, { memberId, storeId, receiptNo, leftFen }: CameBack): Promise<void> {
  const { db, book, clock, offsetMinutes } = house
  const referral = await readReferral(db, memberId)
  if (referral?.purchaseRef !== `${storeId}/${receiptNo}`) return
  // One that is held was never rewarded: the policy of today decides.
  const at = (await rewardedAt(db, memberId)) ?? clock.now()
  const { document: policy } = await policyInForce(db, at)
  if (leftFen >= neededFen(policy)) return
  await book.make(closeReferral, { inviteeId: memberId })
  const closed = (await readReferral(db, memberId))!
  const given = await readGiven(db, closed, offsetMinutes)
  const back = async (one: Given) =>
    book.make(takeBack, { ...one, holding: await holdingOf(db, one.memberId, one.seq) })
  await Promise.all(given.map((one) => asHeld(() => back(one))))
}
