import { policies } from '@pointbook/server/book/tables'
import { referralHandlers } from '@pointbook/server/features/earning/referrals/handlers'
import { describe, expect, it } from 'vitest'
import { aPolicy } from '../../support/policies.ts'
import {
  anInvitation,
  aRewardedInvitation,
  balanceOf,
  balances,
  buys,
  codeOf,
  freeze,
  handle,
  here,
  inAServer,
  referralOf,
  returns,
  told,
} from '../../support/referrals.ts'

describe('a reward after the first purchase', () => {
  inAServer()

  it('waits until the friend has bought something', async () => {
    const { inviter, friend } = await anInvitation()
    expect(await balances(inviter, friend)).toEqual([0, 0])
    expect(await referralOf(friend)).toMatchObject({ inviterId: inviter, state: 'waiting' })
  })

  it('gives both members their points once, with the reason in the ledger', async () => {
    const { inviter, friend } = await anInvitation()
    const sale = await buys(friend)
    await handle('purchase.recorded', sale)
    expect(await balances(inviter, friend)).toEqual([20, 50 + 10])
    expect((await here.entries(inviter))[0]).toMatchObject({
      cause: 'referral-inviter',
      ref: String(friend),
      delta: 20,
      actor: 'system',
      why: [{ rule: '@referral', points: 20 }],
    })
    expect((await here.entries(friend))[0]).toMatchObject({ cause: 'referral-invitee', delta: 10 })
    expect(await referralOf(friend)).toMatchObject({
      state: 'rewarded',
      points: 20,
      entrySeq: 1,
      purchaseRef: `1/${sale.receiptNo}`,
    })
    expect(await told('referral.rewarded', inviter)).toEqual([{ memberId: inviter, inviteeId: friend, points: 20 }])
    await handle('purchase.recorded', await buys(friend))
    expect(await balanceOf(inviter)).toBe(20)
  })

  it('is checked only for purchases of invited members', async () => {
    const { friend } = await anInvitation()
    const rewarded = await aRewardedInvitation()
    const sales = [await buys(friend), await buys(await here.aMember()), await buys(rewarded.friend)]
    const { sift } = referralHandlers(here.server)['purchase.recorded']!
    expect(await sift!(sales as never[])).toEqual([sales[0]])
  })

  it('is given once when messages about the same invitation and purchases arrive 40 times at once', async () => {
    const inviter = await here.aMember()
    const friend = await here.aMember()
    const registered = { memberId: friend, inviteCode: await codeOf(inviter) }
    const sales = [await buys(friend), await buys(friend)]
    await Promise.all(
      Array.from({ length: 40 }, (_, turn) => [
        handle('member.registered', registered),
        handle('purchase.recorded', sales[turn % 2]!),
      ]).flat(),
    )
    expect(await balances(inviter, friend)).toEqual([20, 100 + 10])
    expect(await here.account(inviter)).toMatchObject({ seq: 1 })
    expect((await here.audit()).passed).toBe(true)
  })

  it('is given for a purchase whose message comes before that of the registration', async () => {
    const inviter = await here.aMember()
    const friend = await here.aMember()
    const sale = await buys(friend, 50_00, 'A/7')
    await handle('purchase.recorded', sale)
    await handle('member.registered', { memberId: friend, inviteCode: await codeOf(inviter) })
    expect(await balances(inviter, friend)).toEqual([20, 60])
    expect(await referralOf(friend)).toMatchObject({ purchaseRef: '1/A/7' })
  })

  it('is not given for a purchase of 0 yuan', async () => {
    const { inviter, friend } = await anInvitation()
    await handle('purchase.recorded', await buys(friend, 0))
    expect(await balances(inviter, friend)).toEqual([0, 0])
  })
})

describe('a reward at registration', () => {
  inAServer({ when: 'registration', perMonth: 2 })

  it('is given at once, and a purchase adds nothing', async () => {
    const { inviter, friend } = await anInvitation()
    expect(await balances(inviter, friend)).toEqual([20, 10])
    const sale = await buys(friend)
    await handle('purchase.recorded', sale)
    await handle('purchase.returned', await returns(sale))
    expect(await balances(inviter, friend)).toEqual([20, 10])
  })

  it('is refused beyond the month’s limit; the friend keeps the points, and the next month starts again', async () => {
    const inviter = await here.aMember()
    const inviteCode = await codeOf(inviter)
    const friends = [await here.aMember(), await here.aMember(), await here.aMember(), await here.aMember()]
    await Promise.all(friends.slice(0, 3).map((memberId) => handle('member.registered', { memberId, inviteCode })))
    expect(await balances(inviter, ...friends.slice(0, 3))).toEqual([40, 10, 10, 10])
    const states = await Promise.all(friends.slice(0, 3).map(referralOf))
    expect(states.map((one) => one!.state).sort()).toEqual(['refused', 'rewarded', 'rewarded'])
    here.clock.set('2026-04-01T01:00:00.000Z')
    await handle('member.registered', { memberId: friends[3]!, inviteCode })
    expect(await balanceOf(inviter)).toBe(60)
  })

  it('is refused to a frozen inviter', async () => {
    const inviter = await here.aMember()
    await freeze(inviter)
    const friend = await here.aMember()
    await handle('member.registered', { memberId: friend, inviteCode: await codeOf(inviter) })
    expect(await balances(inviter, friend)).toEqual([0, 10])
    expect(await referralOf(friend)).toMatchObject({ state: 'refused', points: 0 })
  })

  it('is refused to both when the friend is frozen already', async () => {
    const inviter = await here.aMember()
    const friend = await here.aMember()
    await freeze(friend)
    await handle('member.registered', { memberId: friend, inviteCode: await codeOf(inviter) })
    expect(await balances(inviter, friend)).toEqual([0, 0])
    expect(await referralOf(friend)).toMatchObject({ state: 'refused' })
  })
})

describe('a smallest purchase that counts', () => {
  inAServer({ minimumFen: 30_00 })

  it('may be the first or a later one', async () => {
    const { inviter, friend } = await anInvitation()
    await handle('purchase.recorded', await buys(friend, 29_99))
    expect(await balanceOf(inviter)).toBe(0)
    await handle('purchase.recorded', await buys(friend, 30_00))
    expect(await balanceOf(inviter)).toBe(20)
  })

  it('keeps the reward while enough of the purchase is left', async () => {
    const { inviter, sale } = await aRewardedInvitation(50_00)
    await handle('purchase.returned', await returns(sale, 20_00))
    expect(await balanceOf(inviter)).toBe(20)
    await handle('purchase.returned', await returns(sale, 1))
    expect(await balanceOf(inviter)).toBe(0)
  })
})

describe('an invitation', () => {
  inAServer()

  it.each([
    ['nobody has', 'ZZZZZZZZ'],
    ['is left out', ''],
  ])('passes over a code that %s', async (_, inviteCode) => {
    const friend = await here.aMember()
    await handle('member.registered', { memberId: friend, inviteCode })
    expect(await referralOf(friend)).toBeUndefined()
  })

  it("ignores the member's own code", async () => {
    const friend = await here.aMember()
    await handle('member.registered', { memberId: friend, inviteCode: await codeOf(friend) })
    expect(await referralOf(friend)).toBeUndefined()
  })

  it('gives nothing while invitations are switched off', async () => {
    const { inviter, friend } = await anInvitation()
    await here.db.insert(policies).values({
      version: 2,
      name: '暂停邀请',
      note: '',
      document: aPolicy({ referral: { ...aPolicy().referral, enabled: false } }),
      publishedAt: here.clock.now(),
      publishedBy: 'system',
      effectiveAt: here.clock.now(),
    })
    await handle('purchase.recorded', await buys(friend))
    expect(await balanceOf(inviter)).toBe(0)
    const other = await anInvitation()
    expect(await referralOf(other.friend)).toBeUndefined()
  })
})
