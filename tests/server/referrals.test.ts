import { auditLedger } from '@pointbook/server/book/audit'
import { policies } from '@pointbook/server/book/tables'
import { members } from '@pointbook/server/features/members/tables'
import { noProfile } from '@pointbook/server/features/points/earn'
import { adjust, changeStanding } from '@pointbook/server/features/points/moves'
import { type Receipt, recordPurchase, returnPurchase } from '@pointbook/server/features/purchases/moves'
import { plainlyPaid, purchasesTable } from '@pointbook/server/features/purchases/tables'
import { referralHandlers } from '@pointbook/server/features/referrals/handlers'
import { referralsTable } from '@pointbook/server/features/referrals/tables'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import type { Policy } from '@pointbook/shared/contract/policy'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aHouse, fresh } from '../support/house.ts'
import { aPolicy } from '../support/policies.ts'

type House = Awaited<ReturnType<typeof aHouse>>

let here: House

/** One house for the tests of a group: they share its policy, and each brings its own members. */
function inAHouse(referral: Partial<Policy['referral']> = {}) {
  beforeAll(async () => {
    here = await aHouse({ policy: { referral: { ...aPolicy().referral, ...referral } } })
  })
  afterAll(() => here.close())
}

type Handlers = Record<string, { handle(payload: object): Promise<void> }>
const handle = (topic: string, payload: object) => (referralHandlers(here.house) as Handlers)[topic]!.handle(payload)

const codeOf = async (memberId: number) =>
  (await here.db.select().from(members).where(eq(members.id, memberId)))[0]!.inviteCode
const referralOf = async (inviteeId: number) =>
  (await here.db.select().from(referralsTable).where(eq(referralsTable.inviteeId, inviteeId)))[0]
const balanceOf = async (memberId: number) => (await here.account(memberId)).balance
const balances = (...memberIds: number[]) => Promise.all(memberIds.map(balanceOf))

/** Two members, of whom one has invited the other. */
async function anInvitation() {
  const inviter = await here.aMember()
  const friend = await here.aMember()
  await handle('member.registered', { memberId: friend, inviteCode: await codeOf(inviter) })
  return { inviter, friend }
}

async function buys(memberId: number, amountFen = 50_00, receiptNo = fresh('R')) {
  const storeId = 1
  const receipt: Receipt = {
    memberId,
    storeId,
    receiptNo,
    lines: [{ name: '拿铁', quantity: 1, amountFen }],
    paid: plainlyPaid,
    profile: noProfile,
    actor: 'clerk/1',
  }
  await here.book.make(recordPurchase, receipt)
  return { memberId, storeId, receiptNo, amountFen }
}

async function returns(sale: Awaited<ReturnType<typeof buys>>, amountFen = sale.amountFen) {
  const [sold] = await here.db
    .select()
    .from(purchasesTable)
    .where(and(eq(purchasesTable.storeId, sale.storeId), eq(purchasesTable.receiptNo, sale.receiptNo)))
  const lines = [{ line: 0, quantity: amountFen === sale.amountFen ? 1 : 0, amountFen }]
  const { memberId, storeId, receiptNo } = sale
  const input = { memberId, entrySeq: sold!.entrySeq, storeId, receiptNo, lines, actor: 'clerk/1', requestId: fresh() }
  await here.book.make(returnPurchase, input)
  const leftFen = sold!.amountFen - sold!.returnedFen - amountFen
  return { memberId, storeId, receiptNo, whole: leftFen === 0, leftFen }
}

const told = async (topic: string, memberId: number) =>
  (await here.db.select().from(outbox).where(eq(outbox.topic, topic)))
    .map(({ payload }) => payload as { memberId: number })
    .filter((payload) => payload.memberId === memberId)

const auditOf = ({ outside, env }: House) =>
  auditLedger(outside.databases.pool, { sealSecret: env.secrets.sealSecret, pointsPerYuan: 100 })

const freeze = (memberId: number) =>
  here.book.make(changeStanding, { memberId, standing: 'frozen', reason: '核查', requestId: fresh() })

describe('a reward after the first purchase', () => {
  inAHouse()

  it('waits until the friend has bought something', async () => {
    const { inviter, friend } = await anInvitation()
    expect(await balances(inviter, friend)).toEqual([0, 0])
    expect(await referralOf(friend)).toMatchObject({ inviterId: inviter, state: 'waiting' })
  })

  it('gives both sides their points once, with the reason in the ledger', async () => {
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

  it('is looked for in the purchases of invited members alone', async () => {
    const { friend } = await anInvitation()
    const rewarded = await aRewardedInvitation()
    const sales = [await buys(friend), await buys(await here.aMember()), await buys(rewarded.friend)]
    const { sift } = referralHandlers(here.house)['purchase.recorded']!
    expect(await sift!(sales as never[])).toEqual([sales[0]])
  })

  it('pays once when the same invitation and purchases are told of 40 times at once', async () => {
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
    expect((await auditOf(here)).passed).toBe(true)
  })

  it('does not miss a purchase told of before the registration', async () => {
    const inviter = await here.aMember()
    const friend = await here.aMember()
    const sale = await buys(friend, 50_00, 'A/7')
    await handle('purchase.recorded', sale)
    await handle('member.registered', { memberId: friend, inviteCode: await codeOf(inviter) })
    expect(await balances(inviter, friend)).toEqual([20, 60])
    expect(await referralOf(friend)).toMatchObject({ purchaseRef: '1/A/7' })
  })

  it('gives nothing for a purchase of nothing', async () => {
    const { inviter, friend } = await anInvitation()
    await handle('purchase.recorded', await buys(friend, 0))
    expect(await balances(inviter, friend)).toEqual([0, 0])
  })
})

describe('a reward at registration', () => {
  inAHouse({ when: 'registration', perMonth: 2 })

  it('is there at once, and a purchase adds nothing', async () => {
    const { inviter, friend } = await anInvitation()
    expect(await balances(inviter, friend)).toEqual([20, 10])
    const sale = await buys(friend)
    await handle('purchase.recorded', sale)
    await handle('purchase.returned', await returns(sale))
    expect(await balances(inviter, friend)).toEqual([20, 10])
  })

  it('is refused beyond the month’s limit, the friend keeps theirs, and the next month counts anew', async () => {
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

async function aRewardedInvitation(amountFen = 50_00) {
  const { inviter, friend } = await anInvitation()
  const sale = await buys(friend, amountFen)
  await handle('purchase.recorded', sale)
  return { inviter, friend, sale }
}

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
    expect((await auditOf(here)).passed).toBe(true)
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

describe('a smallest purchase that counts', () => {
  inAHouse({ minimumFen: 30_00 })

  it('may be the first or a later one', async () => {
    const { inviter, friend } = await anInvitation()
    await handle('purchase.recorded', await buys(friend, 29_99))
    expect(await balanceOf(inviter)).toBe(0)
    await handle('purchase.recorded', await buys(friend, 30_00))
    expect(await balanceOf(inviter)).toBe(20)
  })

  it('leaves the reward while enough of it is kept', async () => {
    const { inviter, sale } = await aRewardedInvitation(50_00)
    await handle('purchase.returned', await returns(sale, 20_00))
    expect(await balanceOf(inviter)).toBe(20)
    await handle('purchase.returned', await returns(sale, 1))
    expect(await balanceOf(inviter)).toBe(0)
  })
})

describe('an invitation', () => {
  inAHouse()

  it.each([
    ['nobody has', 'ZZZZZZZZ'],
    ['is left out', ''],
  ])('passes over a code that %s', async (_, inviteCode) => {
    const friend = await here.aMember()
    await handle('member.registered', { memberId: friend, inviteCode })
    expect(await referralOf(friend)).toBeUndefined()
  })

  it("passes over the member's own code", async () => {
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
