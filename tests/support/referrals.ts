import { noProfile } from '@pointbook/server/features/earning/events/earn'
import { recordPurchase } from '@pointbook/server/features/earning/purchases/moves'
import type { Receipt } from '@pointbook/server/features/earning/purchases/receipt'
import { returnPurchase } from '@pointbook/server/features/earning/purchases/return'
import { plainlyPaid, purchasesTable } from '@pointbook/server/features/earning/purchases/tables'
import { referralHandlers } from '@pointbook/server/features/earning/referrals/handlers'
import { referralsTable } from '@pointbook/server/features/earning/referrals/tables'
import { members } from '@pointbook/server/features/members/directory/tables'
import { changeStanding } from '@pointbook/server/features/points/ledger/moves'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { ActorRef } from '@pointbook/shared/references'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll } from 'vitest'
import { aPolicy } from './policies.ts'
import { aServer, fresh } from './server.ts'

type Server = Awaited<ReturnType<typeof aServer>>

export let here: Server

/** One server for the tests of a group: they share its policy, and each brings its own members. */
export function inAServer(referral: Partial<Policy['referral']> = {}, policy: Partial<Policy> = {}) {
  beforeAll(async () => {
    here = await aServer({ policy: { ...policy, referral: { ...aPolicy().referral, ...referral } } })
  })
  afterAll(() => here.close())
}

type Handlers = Record<string, { handle(payload: object): Promise<void> }>
export const handle = (topic: string, payload: object) =>
  (referralHandlers(here.server) as Handlers)[topic]!.handle(payload)

export const codeOf = async (memberId: number) =>
  (await here.db.select().from(members).where(eq(members.id, memberId)))[0]!.inviteCode
export const referralOf = async (inviteeId: number) =>
  (await here.db.select().from(referralsTable).where(eq(referralsTable.inviteeId, inviteeId)))[0]
export const balanceOf = async (memberId: number) => (await here.account(memberId)).balance
export const balances = (...memberIds: number[]) => Promise.all(memberIds.map(balanceOf))

/** Two members, of whom one has invited the other. */
export async function anInvitation() {
  const inviter = await here.aMember()
  const friend = await here.aMember()
  await handle('member.registered', { memberId: friend, inviteCode: await codeOf(inviter) })
  return { inviter, friend }
}

export async function buys(memberId: number, amountFen = 50_00, receiptNo = fresh('R'), actor: ActorRef = 'clerk/1') {
  const storeId = 1
  const receipt: Receipt = {
    memberId,
    storeId,
    receiptNo,
    lines: [{ name: '拿铁', quantity: 1, amountFen }],
    paid: plainlyPaid,
    buyer: { profile: noProfile, invited: true },
    actor,
  }
  await here.book.make(recordPurchase, receipt)
  return { memberId, storeId, receiptNo, amountFen }
}

export async function returns(sale: Awaited<ReturnType<typeof buys>>, amountFen = sale.amountFen) {
  const [sold] = await here.db
    .select()
    .from(purchasesTable)
    .where(and(eq(purchasesTable.storeId, sale.storeId), eq(purchasesTable.receiptNo, sale.receiptNo)))
  const lines = [{ line: 0, quantity: amountFen === sale.amountFen ? 1 : 0, amountFen }]
  const { memberId, storeId, receiptNo } = sale
  const input = {
    memberId,
    entrySeq: sold!.entrySeq,
    storeId,
    receiptNo,
    lines,
    actor: 'clerk/1' as const,
    requestId: fresh(),
  }
  await here.book.make(returnPurchase, input)
  const leftFen = sold!.amountFen - sold!.returnedFen - amountFen
  return { memberId, storeId, receiptNo, whole: leftFen === 0, leftFen }
}

export const told = async (topic: string, memberId: number) =>
  (await here.db.select().from(outbox).where(eq(outbox.topic, topic)))
    .map(({ payload }) => payload as { memberId: number })
    .filter((payload) => payload.memberId === memberId)

export const freeze = (memberId: number) =>
  here.book.make(changeStanding, {
    memberId,
    standing: 'frozen',
    reason: '核查',
    requestId: fresh(),
    actor: 'admin/demo' as const,
  })

export async function aRewardedInvitation(amountFen = 50_00) {
  const { inviter, friend } = await anInvitation()
  const sale = await buys(friend, amountFen)
  await handle('purchase.recorded', sale)
  return { inviter, friend, sale }
}
