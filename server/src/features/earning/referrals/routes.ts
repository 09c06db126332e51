import type { Policy } from '@pointbook/shared/contract/points/policy'
import { dayOf } from '@pointbook/shared/day'
import { referralReturnText, referralText } from '@pointbook/shared/policy-words/referral'
import { Refusal } from '@pointbook/shared/refusals'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { readMember } from '../../members/directory/store.ts'
import { identitiesOf } from '../../members/identities/store.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { invitationPictures } from './picture.ts'
import { type Friend, readFriends, sumRewards } from './store.ts'
import { stateText } from './words.ts'

const FRIENDS_SHOWN = 100

export function referralRoutes(handle: Handle, server: Server) {
  const { db, clock, offsetMinutes } = server
  const pictureOf = invitationPictures(server)

  handle('GET /me/invitation', async ({ caller: { memberId } }) => {
    const inviterIds = await identitiesOf(db, memberId)
    const [inviteCode, { document: policy }, { rewarded, points }, friends] = await Promise.all([
      inviteCodeOf(memberId),
      policyInForce(db, clock.now()),
      sumRewards(db, inviterIds),
      readFriends(db, inviterIds, FRIENDS_SHOWN),
    ])
    return {
      inviteCode,
      path: `/pages/home/index?inviter=${inviteCode}`,
      rewardText: referralText(policy.referral),
      returnText: policy.referral.enabled ? referralReturnText(policy.referral) : '',
      rewarded,
      pointsEarned: points,
      friends: friends.map((friend) => friendView(friend, policy)),
    }
  })

  handle('GET /me/invitation/picture', async ({ caller: { memberId } }) => {
    return { picture: await pictureOf(await inviteCodeOf(memberId)) }
  })

  function friendView({ doubts, ...friend }: Friend, { referral: { withinDays } }: Policy) {
    const joinedOn = dayOf(friend.joinedAt, offsetMinutes)
    const today = dayOf(clock.now(), offsetMinutes)
    return { ...friend, text: stateText({ ...friend, doubts }, { withinDays, joinedOn, today }) }
  }

  async function inviteCodeOf(memberId: number): Promise<string> {
    const member = await readMember(db, memberId)
    if (!member) throw new Refusal('member.unknown')
    return member.inviteCode
  }
}
