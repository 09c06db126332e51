import { reviewReward } from '@pointbook/server/features/earning/referrals/review'
import { readHeldReferrals } from '@pointbook/server/features/earning/referrals/store'
import { mergedMembersTable } from '@pointbook/server/features/members/identities/tables'
import { staff } from '@pointbook/server/features/shop/staff/tables'
import { describe, expect, it } from 'vitest'
import {
  anInvitation,
  balances,
  buys,
  codeOf,
  handle,
  here,
  inAServer,
  referralOf,
  returns,
  told,
} from '../../support/referrals.ts'

const invite = async (inviter: number, friend: number) =>
  handle('member.registered', { memberId: friend, inviteCode: await codeOf(inviter) })

/** A clerk invites a friend and rings up what the friend buys. */
async function aHeldReward(amountFen = 50_00) {
  const inviter = await here.aMember({ nickname: '店员小赵' })
  await here.db.insert(staff).values({ memberId: inviter, role: 'clerk', since: here.clock.now() })
  const friend = await here.aMember()
  await invite(inviter, friend)
  const sale = await buys(friend, amountFen, undefined, `clerk/${inviter}`)
  await handle('purchase.recorded', sale)
  return { inviter, friend, sale }
}

const review = (inviterId: number, inviteeId: number, approve: boolean) =>
  here.book.make(reviewReward, { inviterId, inviteeId, round: 0, approve, reason: '核实', reviewer: 'admin/demo' })

describe('a suspicious reward, when the policy holds it (H6)', () => {
  inAServer({ minimumFen: 30_00 })

  it('waits for the merchant and gives no points', async () => {
    const { inviter, friend, sale } = await aHeldReward()
    expect(await balances(inviter, friend)).toEqual([0, 50])
    expect(await referralOf(friend)).toMatchObject({
      state: 'held',
      doubts: ['own-till'],
      purchaseRef: `1/${sale.receiptNo}`,
    })
    await handle('purchase.recorded', await buys(friend))
    expect(await balances(inviter)).toEqual([0])
    const [row] = (await readHeldReferrals(here.db, undefined, 50)).filter(({ invitee }) => invitee.memberId === friend)
    expect(row).toMatchObject({
      inviter: { memberId: inviter, nickname: '店员小赵' },
      purchase: { receiptNo: sale.receiptNo, amountFen: 50_00 },
    })
  })

  it('is given to both when approved, once for repeated approvals', async () => {
    const { inviter, friend } = await aHeldReward()
    await Promise.all(Array.from({ length: 5 }, () => review(inviter, friend, true)))
    const payload = { inviterId: inviter, inviteeId: friend, purchaseRef: (await referralOf(friend))!.purchaseRef }
    await Promise.all(Array.from({ length: 5 }, () => handle('referral.approved', payload)))
    expect(await balances(inviter, friend)).toEqual([20, 60])
    expect(await referralOf(friend)).toMatchObject({ state: 'rewarded', reviewedBy: 'admin/demo' })
    expect((await here.audit()).passed).toBe(true)
  })

  it('is not given when refused, and both are notified', async () => {
    const { inviter, friend } = await aHeldReward()
    await review(inviter, friend, false)
    expect(await referralOf(friend)).toMatchObject({ state: 'refused', reviewedBy: 'admin/demo' })
    expect(await told('referral.refused', inviter)).toHaveLength(1)
    expect(await told('referral.refused', friend)).toHaveLength(1)
    await expect(review(inviter, friend, true)).rejects.toMatchObject({ code: 'invitation.not-held' })
    await handle('purchase.recorded', await buys(friend))
    expect(await balances(inviter)).toEqual([0])
  })

  it('ends when its purchase is returned, or when too little of it is left', async () => {
    const { inviter, friend, sale } = await aHeldReward()
    await handle('purchase.returned', await returns(sale, 20_00))
    expect(await referralOf(friend)).toMatchObject({ state: 'held' })
    await handle('purchase.returned', await returns(sale, 1))
    expect(await referralOf(friend)).toMatchObject({ state: 'taken-back' })
    await expect(review(inviter, friend, true)).rejects.toMatchObject({ code: 'invitation.not-held' })
  })

  it('is not given when the purchase is returned between approval and posting', async () => {
    const { inviter, friend, sale } = await aHeldReward()
    await review(inviter, friend, true)
    await handle('purchase.returned', await returns(sale))
    await handle('referral.approved', { inviterId: inviter, inviteeId: friend, purchaseRef: `1/${sale.receiptNo}` })
    expect(await balances(inviter, friend)).toEqual([0, 0])
  })
})

describe('a suspicious reward, when the policy refuses it (H3)', () => {
  inAServer({ when: 'registration', suspicious: 'refuse' })

  it.each([2, 3, 5])('is refused in a ring of %i', async (length) => {
    const ring = await Promise.all(Array.from({ length }, () => here.aMember()))
    for (const [index, memberId] of ring.entries()) await invite(memberId, ring[(index + 1) % length]!)
    expect(await referralOf(ring[0]!)).toMatchObject({ state: 'refused', doubts: ['ring'] })
    expect(await told('referral.refused', ring.at(-1)!)).toHaveLength(1)
    // The one that closes the ring is refused; those before it could not be known for a part of one.
    expect((await balances(ring[0]!))[0]).toBe(20)
  })

  it('is never given to two members who invite each other at the same time', async () => {
    const [one, two] = [await here.aMember(), await here.aMember()]
    await Promise.allSettled([invite(one, two), invite(two, one)])
    await Promise.allSettled([invite(one, two), invite(two, one)])
    const states = [(await referralOf(one))!.state, (await referralOf(two))!.state]
    expect(states).toContain('refused')
  })

  it('is refused between two records of one person', async () => {
    const [kept, double] = [await here.aMember(), await here.aMember()]
    await here.db.insert(mergedMembersTable).values({ memberId: double, intoId: kept, takenIn: 0 })
    await invite(kept, double)
    expect(await referralOf(double)).toMatchObject({ state: 'refused', doubts: ['same-person'] })
  })

  it('is refused from the eleventh friend in an hour on', async () => {
    const inviter = await here.aMember()
    const friends = await Promise.all(Array.from({ length: 11 }, () => here.aMember()))
    for (const friend of friends) await invite(inviter, friend)
    expect(await referralOf(friends[9]!)).toMatchObject({ state: 'rewarded' })
    expect(await referralOf(friends[10]!)).toMatchObject({ state: 'refused', doubts: ['rush'] })
    expect(await balances(inviter, friends[10]!)).toEqual([200, 0])
  })

  it('does not hold an ordinary invitation', async () => {
    const { inviter, friend } = await anInvitation()
    expect(await balances(inviter, friend)).toEqual([20, 10])
  })
})
