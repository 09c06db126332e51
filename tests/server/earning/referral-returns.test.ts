import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { describe, expect, it } from 'vitest'
import { aRule, earningBy } from '../../support/policies.ts'
import {
  anInvitation,
  aRewardedInvitation,
  balanceOf,
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
import { fresh } from '../../support/server.ts'

const cappedByRule = aRule({
  id: 'inviting',
  trigger: 'referral',
  gift: { type: 'fixed', points: 5 },
  caps: { day: null, month: null, member: 5, budget: null },
})

describe('a return of the purchase that earned the reward', () => {
  inAServer()

  it('takes the reward back from both, once in spite of repeated messages', async () => {
    const { inviter, friend, sale } = await aRewardedInvitation()
    const returned = await returns(sale)
    await Promise.all(Array.from({ length: 20 }, () => handle('purchase.returned', returned)))
    expect(await balances(inviter, friend)).toEqual([0, 0])
    expect(await referralOf(friend)).toMatchObject({ state: 'taken-back' })
    expect((await here.entries(inviter))[0]).toMatchObject({ kind: 'return', cause: 'referral-return', delta: -20 })
    expect(await told('referral.taken-back', inviter)).toEqual([{ memberId: inviter, inviteeId: friend, points: 20 }])
    expect((await here.audit()).passed).toBe(true)
  })

  it('makes a debt when the points are already spent', async () => {
    const { inviter, sale } = await aRewardedInvitation()
    await here.book.make(adjust, {
      memberId: inviter,
      points: -15,
      reason: '测试',
      actor: 'system',
      requestId: fresh(),
    })
    await handle('purchase.returned', await returns(sale))
    expect(await here.account(inviter)).toMatchObject({ balance: 0, debt: 15 })
  })

  it('gives the reward again for the next purchase that qualifies, and takes it back with its return (FN9)', async () => {
    const { inviter, friend, sale } = await aRewardedInvitation()
    await handle('purchase.returned', await returns(sale))
    const next = await buys(friend)
    await Promise.all(Array.from({ length: 10 }, () => handle('purchase.recorded', next)))
    expect(await balances(inviter, friend)).toEqual([20, 10 + 50])
    expect(await referralOf(friend)).toMatchObject({ state: 'rewarded', round: 1 })
    expect((await told('referral.rewarded', inviter)).length).toBe(2)
    const returned = await returns(next)
    await Promise.all(Array.from({ length: 10 }, () => handle('purchase.returned', returned)))
    expect(await balances(inviter, friend)).toEqual([0, 0])
    expect(await referralOf(friend)).toMatchObject({ state: 'taken-back', round: 2 })
    expect((await here.audit()).passed).toBe(true)
  })

  it('moves the reward to another qualifying purchase that was not returned, without taking points back (FN9)', async () => {
    const { inviter, friend, sale } = await aRewardedInvitation()
    const other = await buys(friend, 8_00)
    await handle('purchase.recorded', other)
    await handle('purchase.returned', await returns(sale))
    expect(await balances(inviter, friend)).toEqual([20, 10 + 8])
    expect(await referralOf(friend)).toMatchObject({ state: 'rewarded', purchaseRef: `1/${other.receiptNo}` })
    expect(await told('referral.taken-back', inviter)).toEqual([])
    await handle('purchase.returned', await returns(other))
    expect(await balances(inviter, friend)).toEqual([0, 0])
  })

  it('in an exchange keeps the reward, in either order of the messages (FN9)', async () => {
    const { inviter, friend, sale } = await aRewardedInvitation()
    const exchanged = await buys(friend)
    const returned = await returns(sale)
    await Promise.all([handle('purchase.returned', returned), handle('purchase.recorded', exchanged)])
    expect(await balances(inviter, friend)).toEqual([20, 10 + 50])
    const last = await returns(exchanged)
    const three = [await buys(friend), await buys(friend), await buys(friend)]
    await Promise.all([
      handle('purchase.returned', last),
      ...three.map((purchase) => handle('purchase.recorded', purchase)),
    ])
    expect(await balances(inviter, friend)).toEqual([20, 10 + 150])
    expect((await here.audit()).passed).toBe(true)
  })

  it('prevents the reward when its message comes before that of the purchase', async () => {
    const { inviter, friend } = await anInvitation()
    const sale = await buys(friend)
    const returned = await returns(sale)
    await Promise.all([handle('purchase.returned', returned), handle('purchase.recorded', sale)])
    expect(await balances(inviter, friend)).toEqual([0, 0])
  })

  it('of another purchase does not change the reward', async () => {
    const { inviter, friend } = await aRewardedInvitation()
    await handle('purchase.returned', await returns(await buys(friend)))
    expect(await balanceOf(inviter)).toBe(20)
  })
})

describe('the limits of an inviter', () => {
  inAServer({ perMonth: 1, perInviter: 2 }, { earning: earningBy([cappedByRule]) })

  it('do not count a reward that was taken back, and neither do the caps of rules for invitations (FN9)', async () => {
    const inviter = await here.aMember()
    const invite = async () => {
      const friend = await here.aMember()
      await handle('member.registered', { memberId: friend, inviteCode: await codeOf(inviter) })
      const sale = await buys(friend)
      await handle('purchase.recorded', sale)
      return sale
    }
    const first = await invite()
    expect(await balanceOf(inviter)).toBe(25)
    await invite()
    expect(await balanceOf(inviter)).toBe(25)
    await handle('purchase.returned', await returns(first))
    expect(await balanceOf(inviter)).toBe(0)
    await invite()
    expect(await balanceOf(inviter)).toBe(25)
    expect((await here.audit()).passed).toBe(true)
  })
})

describe('an invitation rewarded at registration', () => {
  inAServer({ when: 'registration' })

  it('keeps its reward after any return (FN9)', async () => {
    const { inviter, friend } = await anInvitation()
    await handle('purchase.returned', await returns(await buys(friend)))
    expect(await balances(inviter, friend)).toEqual([20, 10])
  })
})
