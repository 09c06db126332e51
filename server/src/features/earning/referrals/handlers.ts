import { parsePurchaseRef } from '@pointbook/shared/references'
import type { Events } from '../../../book/events.ts'
import type { Handlers, Server } from '../../../server.ts'
import { findByInviteCode } from '../../members/directory/store.ts'
import { heirOf } from '../../members/identities/store.ts'
import { ifMayEarn, recordAct } from '../events/acts.ts'
import { readProfile } from '../events/traits.ts'
import { openReferral, type Pair } from './moves.ts'
import { purchaseReturned } from './returned.ts'
import { mustRead, readDoubts, reward, rewardAny } from './reward.ts'
import { openInvitees, readReferral } from './store.ts'
import { dropReferral } from './take-back.ts'

type Bought = Events['purchase.recorded']

export const referralHandlers = (server: Server) =>
  ({
    'member.registered': { handle: (payload) => open(server, payload) },
    'purchase.recorded': {
      sift: (payloads) => ofInvited(server, payloads),
      handle: (payload) => purchaseMade(server, payload),
    },
    'referral.approved': { handle: (payload) => approved(server, payload) },
    'purchase.returned': { handle: (payload) => purchaseReturned(server, payload) },
    // A person who was already a member is not a new friend.
    'member.merged': {
      handle: async ({ doubleId }) => {
        await server.book.make(dropReferral, { inviteeId: doubleId })
      },
    },
  }) satisfies Handlers

/** Only purchases of members whose invitation may be rewarded matter here; these are few. */
async function ofInvited({ db }: Server, payloads: Bought[]): Promise<Bought[]> {
  const memberIds = payloads.map(({ memberId }) => memberId)
  const open = new Set(await openInvitees(db, memberIds))
  return payloads.filter(({ memberId }) => open.has(memberId))
}

/** An unknown code, or the member's own, is ignored: a damaged link must not prevent the registration. */
async function open(server: Server, { memberId: inviteeId, inviteCode }: Events['member.registered']): Promise<void> {
  const { db, book } = server
  const inviter = inviteCode ? await findByInviteCode(db, inviteCode) : null
  if (!inviter || inviter.memberId === inviteeId) return
  const pair = { inviterId: inviter.memberId, inviteeId }
  const { joinedAt } = await mustRead(db, inviteeId)
  const { due } = await book.make(openReferral, { ...pair, joinedAt })
  await thankForSharing(server, pair)
  if (due) return void (await reward(server, { ...pair, purchase: null, round: 0 }))
  // Messages are handled in any order: a purchase whose event came before the invitation was stored is checked now.
  await rewardAny(server, { ...pair, round: 0 })
}

async function purchaseMade(server: Server, { memberId, storeId, receiptNo }: Bought): Promise<void> {
  const referral = await readReferral(server.db, memberId)
  if (referral?.state !== 'waiting' && referral?.state !== 'taken-back') return
  const { inviterId, inviteeId, round } = referral
  await reward(server, { inviterId, inviteeId, round, purchase: { storeId, receiptNo } })
}

async function approved(
  server: Server,
  { inviterId, inviteeId, purchaseRef }: Events['referral.approved'],
): Promise<void> {
  const { round } = (await readReferral(server.db, inviteeId))!
  await reward(server, { inviterId, inviteeId, round, purchase: parsePurchaseRef(purchaseRef) ?? null })
  await thankForSharing(server, { inviterId, inviteeId })
}

/**
 * Points for a shared link are given for its result, not for sharing: when a friend has registered by it and the invitation is
 * not suspicious.
 */
async function thankForSharing(server: Server, pair: Pair): Promise<void> {
  const { db, book } = server
  const { source } = await mustRead(db, pair.inviteeId)
  if (source !== 'share' || (await readDoubts(db, pair)).length > 0) return
  const memberId = await heirOf(db, pair.inviterId)
  const profile = await readProfile(server, memberId)
  const shared = { memberId, trigger: 'share', code: '', ref: String(pair.inviteeId), profile } as const
  // An inviter who may not earn now gets nothing; the friend's points do not depend on it.
  await ifMayEarn(() => book.make(recordAct, { ...shared, amountFen: 0, quantity: 1, actor: 'system' }))
}
