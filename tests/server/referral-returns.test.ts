import { adjust } from '@pointbook/server/features/points/moves'
import { describe, expect, it } from 'vitest'
import { fresh } from '../support/house.ts'
import {
  anInvitation,
  aRewardedInvitation,
  balanceOf,
  balances,
  buys,
  handle,
  here,
  inAHouse,
  referralOf,
  returns,
  told,
} from '../support/referrals.ts'

describe('a return of the purchase that earned the reward', () => {
  inAHouse()

  it('takes the reward back from both, once however often it is told', async () => {
    const { inviter, friend, sale } = await aRewardedInvitation()
    const returned = await returns(sale)
    await Promise.all(Array.from({ length: 20 }, () => handle('purchase.returned', returned)))
    expect(await balances(inviter, friend)).toEqual([0, 0])
    expect(await referralOf(friend)).toMatchObject({ state: 'taken-back' })
    expect((await here.entries(inviter))[0]).toMatchObject({ kind: 'return', cause: 'referral-return', delta: -20 })
    expect(await told('referral.taken-back', inviter)).toEqual([{ memberId: inviter, inviteeId: friend, points: 20 }])
    expect((await here.audit()).passed).toBe(true)
  })

  it('is owed where the points are spent already', async () => {
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

  it('gives no second reward for the next purchase', async () => {
    const { inviter, friend, sale } = await aRewardedInvitation()
    await handle('purchase.returned', await returns(sale))
    await handle('purchase.recorded', await buys(friend))
    expect(await balanceOf(inviter)).toBe(0)
  })

  it('prevents the reward when it is told of before the purchase', async () => {
    const { inviter, friend } = await anInvitation()
    const sale = await buys(friend)
    const returned = await returns(sale)
    await Promise.all([handle('purchase.returned', returned), handle('purchase.recorded', sale)])
    expect(await balances(inviter, friend)).toEqual([0, 0])
  })

  it('of another purchase leaves the reward alone', async () => {
    const { inviter, friend } = await aRewardedInvitation()
    await handle('purchase.returned', await returns(await buys(friend)))
    expect(await balanceOf(inviter)).toBe(20)
  })
})
