import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { pageOf } from '../../../platform/cursor.ts'
import type { Handle } from '../../../platform/http.ts'
import { timeCursor, timeCursorOf } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { memberNo } from '../../members/directory/words.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { reviewReward } from './review.ts'
import { type HeldReferralRow, readHeldReferrals, readReferral } from './store.ts'
import { doubtView } from './words.ts'

export function referralAdminRoutes(handle: Handle, server: Server) {
  const { db, book, clock } = server

  handle('GET /admin/referrals/held', async ({ input: { cursor, limit = 20 } }) => {
    const [invitations, { document: policy }] = await Promise.all([
      readHeldReferrals(db, timeCursor(cursor), limit + 1),
      policyInForce(db, clock.now()),
    ])
    const { inviterPoints, inviteePoints } = policy.referral
    const { rows, next } = pageOf(invitations, limit, ({ referral }) =>
      timeCursorOf({ at: referral.madeAt, id: referral.inviteeId }),
    )
    return { rows: rows.map((row) => ({ ...heldReferralView(row), inviterPoints, inviteePoints })), next }
  })

  handle('POST /admin/referrals/:inviteeId/review', async ({ input, caller: { login } }) => {
    const { inviteeId, approve, reason, inviterPoints, inviteePoints } = input
    const referral = await readReferral(db, inviteeId)
    if (!referral) throw new Refusal('invitation.unknown')
    const { inviterId, round } = referral
    await book.make(reviewReward, {
      inviterId,
      inviteeId,
      round,
      approve,
      shown: { inviterPoints, inviteePoints },
      reason,
      reviewer: adminRef(login),
    })
    return { state: approve ? 'approved' : 'refused' }
  })
}

function heldReferralView({ referral, inviter, invitee, purchase, storeName }: HeldReferralRow) {
  return {
    inviteeId: referral.inviteeId,
    inviter: { ...inviter, memberNo: memberNo(inviter.memberId) },
    invitee: { ...invitee, memberNo: memberNo(invitee.memberId) },
    joinedAt: referral.madeAt,
    doubts: referral.doubts.map(doubtView),
    purchase: purchase && { ...purchase, storeName: storeName ?? '' },
  }
}
