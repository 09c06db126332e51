import { afterAll, beforeAll, expect, it } from 'vitest'
import { aMessageWorld } from '../../support/message-world.ts'
import { aPolicy } from '../../support/policies.ts'

let world: Awaited<ReturnType<typeof aMessageWorld>>
let admin: Awaited<ReturnType<typeof world.asAdmin>>
let storeId: number

beforeAll(async () => {
  world = await aMessageWorld({ policy: { referral: { ...aPolicy().referral, inviterPoints: 80, inviteePoints: 80 } } })
  admin = await world.asAdmin()
  storeId = await world.aStore('人民广场店')
})
afterAll(() => world.close())

/** A clerk has invited a friend and rung up what the friend bought. */
async function aHeldReward() {
  const clerk = await world.aClerk([storeId])
  const friend = await world.aMember({ nickname: '周子墨' })
  const { inviteCode } = await clerk.call('GET /me/invitation')
  await world.bring(friend, inviteCode)
  const { receiptNo } = await world.buy(clerk, friend, storeId, [50_00])
  await world.settle()
  return { clerk, friend, receiptNo }
}

const friendsOf = async ({ clerk }: Awaited<ReturnType<typeof aHeldReward>>) =>
  (await clerk.call('GET /me/invitation')).friends

it('lists a held reward with its reason, gives it when approved, and notifies the members (B24, H6)', async () => {
  const referral = await aHeldReward()
  const { clerk, friend, receiptNo } = referral
  expect(await friendsOf(referral)).toMatchObject([{ state: 'held', points: 0, text: '商家正在核实，通过后发放奖励' }])
  const { rows, next } = await admin.call('GET /admin/referrals/held', {})
  expect(next).toBeNull()
  expect(rows).toEqual([
    {
      inviteeId: friend,
      inviter: expect.objectContaining({ memberId: clerk.memberId, nickname: '店员' }),
      invitee: expect.objectContaining({ memberId: friend, nickname: '周子墨' }),
      joinedAt: world.clock.now(),
      doubts: [{ title: '自己收银', text: '邀请人是店员，好友的消费都由邀请人自己记账' }],
      purchase: { storeName: '人民广场店', receiptNo, amountFen: 50_00 },
      inviterPoints: 80,
      inviteePoints: 80,
    },
  ])
  const review = { inviteeId: friend, approve: true, reason: '核对过小票，确是顾客本人' }
  expect(await admin.call('POST /admin/referrals/:inviteeId/review', review)).toEqual({ state: 'approved' })
  expect(await admin.call('POST /admin/referrals/:inviteeId/review', review)).toEqual({ state: 'approved' })
  await world.settle()
  expect((await world.account(friend)).balance).toBe(50 + 50 + 80)
  expect(await friendsOf(referral)).toMatchObject([{ state: 'rewarded', points: 80 }])
  expect((await world.inbox(clerk.memberId))[0]).toMatchObject({ title: '邀请奖励到账' })
  expect((await admin.call('GET /admin/referrals/held', {})).rows).toEqual([])
  const log = await admin.call('POST /admin/audit-log/search', { action: 'referral.review' })
  expect(log.rows).toHaveLength(1)
  expect(log.rows[0]!.text).toContain('核对过小票')
})

it('gives no rewards once refused, and notifies both', async () => {
  const referral = await aHeldReward()
  const { clerk, friend } = referral
  const review = { inviteeId: friend, approve: false, reason: '店员自己的小号' }
  expect(await admin.call('POST /admin/referrals/:inviteeId/review', review)).toEqual({ state: 'refused' })
  await world.settle()
  expect(await friendsOf(referral)).toMatchObject([{ state: 'refused', points: 0, text: '没有奖励：不符合邀请规则' }])
  for (const memberId of [clerk.memberId, friend])
    expect((await world.inbox(memberId))[0]).toMatchObject({ title: '邀请奖励未发放' })
  expect(await admin.ask('POST /admin/referrals/:inviteeId/review', { ...review, approve: true })).toMatchObject({
    status: 409,
    body: { code: 'invitation.not-held' },
  })
})

it('lists held rewards page by page', async () => {
  const friends = [await aHeldReward(), await aHeldReward(), await aHeldReward()].map(({ friend }) => friend)
  const first = await admin.call('GET /admin/referrals/held', { limit: 2 })
  const second = await admin.call('GET /admin/referrals/held', { limit: 2, cursor: first.next! })
  const seen = [...first.rows, ...second.rows].map(({ inviteeId }) => inviteeId)
  expect(seen).toEqual([...friends].sort((a, b) => b - a))
  expect(second.next).toBeNull()
})

it('refuses unknown invitations, and callers other than the merchant', async () => {
  const memberId = await world.aMember()
  const review = { inviteeId: memberId, approve: true, reason: '看看' }
  expect((await admin.ask('POST /admin/referrals/:inviteeId/review', review)).body.code).toBe('invitation.unknown')
  const member = await world.asMember(memberId)
  expect((await member.ask('POST /admin/referrals/:inviteeId/review', review)).status).toBe(401)
  expect((await member.ask('GET /admin/referrals/held')).status).toBe(401)
})
