import { members } from '@pointbook/server/features/members/directory/tables'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { aRule, earningBy } from '../../support/policies.ts'
import {
  anInvitation,
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
} from '../../support/referrals.ts'

const NOON = '2026-03-02T04:00:00.000Z'

describe('80 points each once the friend has registered and bought (B24)', () => {
  inAServer({ inviterPoints: 80, inviteePoints: 80 })

  it('are given after the purchase, and taken back when it is returned', async () => {
    const { inviter, friend } = await anInvitation()
    expect(await balances(inviter, friend)).toEqual([0, 0])
    const sale = await buys(friend, 30_00)
    await handle('purchase.recorded', sale)
    expect(await balances(inviter, friend)).toEqual([80, 30 + 80])
    await handle('purchase.returned', await returns(sale))
    expect(await balances(inviter, friend)).toEqual([0, 0])
  })
})

describe('20 and 10 points at registration (B11)', () => {
  inAServer({ when: 'registration' })

  it('are given as soon as the friend is a member', async () => {
    const { inviter, friend } = await anInvitation()
    expect(await balances(inviter, friend)).toEqual([20, 10])
  })
})

describe('a purchase of enough within days of registering', () => {
  inAServer({ minimumFen: 30_00, withinDays: 7 })

  it('counts through the last business day, and not the day after', async () => {
    for (const [at, points] of [
      ['2026-03-09T15:59:59.999Z', 20],
      ['2026-03-09T16:00:00.000Z', 0],
    ] as const) {
      here.clock.set(NOON)
      const { inviter, friend } = await anInvitation()
      here.clock.set(at)
      await handle('purchase.recorded', await buys(friend, 30_00))
      expect([at, await balanceOf(inviter)]).toEqual([at, points])
    }
  })

  it('counts by the day of the purchase, even when it is reported late', async () => {
    here.clock.set(NOON)
    const { inviter, friend } = await anInvitation()
    const sale = await buys(friend, 30_00)
    here.clock.set('2026-05-01T04:00:00.000Z')
    await handle('purchase.recorded', sale)
    expect(await balanceOf(inviter)).toBe(20)
  })
})

describe('a limit of friends for ever', () => {
  inAServer({ when: 'registration', perInviter: 2 })

  it('applies over several months and to simultaneous requests, and friends keep their points', async () => {
    const inviter = await here.aMember()
    const inviteCode = await codeOf(inviter)
    const friends = await Promise.all(Array.from({ length: 5 }, () => here.aMember()))
    await Promise.all(friends.slice(0, 4).map((memberId) => handle('member.registered', { memberId, inviteCode })))
    here.clock.set('2026-05-01T04:00:00.000Z')
    await handle('member.registered', { memberId: friends[4]!, inviteCode })
    expect(await balances(inviter, ...friends)).toEqual([40, 10, 10, 10, 10, 10])
    expect((await here.audit()).passed).toBe(true)
  })
})

const bonus = aRule({
  id: 'bonus',
  name: '邀请加赠',
  trigger: 'referral',
  gift: { type: 'fixed', points: 5 },
  caps: { day: null, month: 5, member: null, budget: null },
})
const sharing = aRule({ id: 'share', name: '分享有礼', trigger: 'share', gift: { type: 'fixed', points: 10 } })

describe('rules for invitations', () => {
  inAServer({ when: 'registration' }, { earning: earningBy([bonus]) })

  it('give the inviter additional points within their caps, with explanations (B16)', async () => {
    const inviter = await here.aMember()
    const inviteCode = await codeOf(inviter)
    for (const points of [25, 45]) {
      const memberId = await here.aMember()
      await handle('member.registered', { memberId, inviteCode })
      expect(await balances(inviter, memberId)).toEqual([points, 10])
    }
    const [second, first] = await here.entries(inviter)
    expect(first!.why.map(({ rule, points }) => [rule, points])).toEqual([
      ['@referral', 20],
      ['bonus', 5],
    ])
    expect(second!.why).toContainEqual({
      rule: 'bonus',
      points: 0,
      because: { type: 'capped', cap: 'month', most: 5, wanted: 5 },
    })
  })
})

describe('a shared product that brings a new member', () => {
  inAServer({ enabled: false }, { earning: earningBy([sharing]) })

  async function joinsBy(source: string, inviter: number) {
    const memberId = await here.aMember()
    await here.db.update(members).set({ source }).where(eq(members.id, memberId))
    await handle('member.registered', { memberId, inviteCode: await codeOf(inviter) })
    return memberId
  }

  it('gives 10 points per friend, once in spite of repeated messages, and none for the invitation itself (B22, B23)', async () => {
    const inviter = await here.aMember()
    const memberId = await joinsBy('share', inviter)
    await handle('member.registered', { memberId, inviteCode: await codeOf(inviter) })
    expect(await balanceOf(inviter)).toBe(10)
    await joinsBy('invitation', inviter)
    expect(await balanceOf(inviter)).toBe(10)
    await joinsBy('share', inviter)
    expect(await balanceOf(inviter)).toBe(20)
    expect((await here.entries(inviter))[0]).toMatchObject({ cause: 'share', delta: 10, why: [{ rule: 'share' }] })
    expect(await referralOf(memberId)).toBeUndefined()
  })

  it('gives a frozen sharer nothing, and the message counts as handled', async () => {
    const inviter = await here.aMember()
    await freeze(inviter)
    await joinsBy('share', inviter)
    expect(await balanceOf(inviter)).toBe(0)
  })
})
