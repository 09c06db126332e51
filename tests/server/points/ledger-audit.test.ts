import { jobs } from '@pointbook/server/features'
import { leaveRequests } from '@pointbook/server/features/members/privacy/tables'
import { adjustmentApproval, adjustOrAsk } from '@pointbook/server/features/points/ledger/approval'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import type { Waiting } from '@pointbook/server/features/shop/approvals/approvable'
import { decideOn } from '@pointbook/server/features/shop/approvals/decide'
import { handOver } from '@pointbook/server/features/spending/mall/moves'
import { orderOf } from '@pointbook/server/features/spending/mall/redemption'
import { memberRef } from '@pointbook/shared/references'
import { describe, expect, it } from 'vitest'
import { adjustBy, aLife, giveCoupon, here, inAnAuditedShop, merge, redeem } from '../../support/audited-shop.ts'
import { aServer, fresh } from '../../support/server.ts'

/** Ends a membership whose waiting time is over. */
async function leave(memberId: number) {
  const now = here.clock.now()
  const asked = { askedAt: now, askedBy: memberRef(memberId), reason: '', dueAt: now }
  await here.db.insert(leaveRequests).values({ memberId, state: 'waiting', points: 0, ...asked })
  await jobs(here.server)
    .find(({ name }) => name === 'end-memberships')!
    .run()
}

/** Five points that a second person allowed. */
async function adjustWithApproval(memberId: number) {
  const wish = { memberId, points: 5, reason: '补记', actor: 'admin/a', requestId: fresh(), mostPoints: 1 } as const
  const asked = (await here.book.make(adjustOrAsk, wish)) as Waiting
  const { state } = await here.book.make(decideOn(adjustmentApproval), {
    ...{ approvalId: asked.waiting.approvalId, approve: true, reason: '', figures: { points: 5, balance: 5 } },
    ...{ by: 'admin/b', byName: '乙', askerName: '甲', askerBar: null },
    ...{ memberId, request: adjustmentApproval.request(wish), requestId: fresh() },
  })
  expect(state).toBe('approved')
}

describe('the audit of the books', () => {
  inAnAuditedShop()

  it('finds no faults in records that only the book has written, and its totals add up', async () => {
    const memberId = await aLife()
    const { order } = await redeem(await here.aMember({ points: 100 }))
    const { memberId: buyer, entrySeq } = (await orderOf(here.server, order.orderNo)).order
    const by = { at: null, actor: 'system' as const, requestId: fresh() }
    await here.book.make(handOver, { memberId: buyer, entrySeq, itemName: '帆布袋', ...by })
    const kept = await here.aMember()
    await merge(kept, memberId)
    await leave(await here.aMember())
    await adjustWithApproval(await here.aMember())
    await giveCoupon(await here.aMember())
    const report = await here.audit()
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([])
    expect(report.passed).toBe(true)
    expect(report.checks.every(({ checked }) => checked > 0)).toBe(true)
    const { issued, adjusted, redeemed, expired, reversed, outstanding, debt, outstandingFen } = report.totals
    expect(issued + adjusted).toBe(redeemed + expired + reversed + outstanding)
    expect({ issued, adjusted, redeemed, debt, outstanding, outstandingFen }).toEqual({
      issued: 400,
      adjusted: 152,
      redeemed: 90,
      debt: 0,
      outstanding: 82,
      outstandingFen: 82,
    })
    const kinds = (await here.entries(memberId)).map(({ kind }) => kind)
    expect(new Set(kinds)).toEqual(
      new Set(['earn', 'adjust', 'spend', 'give-back', 'return', 'repay', 'expire', 'merge']),
    )
  })

  it('does not accept a seal made with another secret', async () => {
    const memberId = await here.aMember()
    await Promise.all(Array.from({ length: 51 }, () => adjustBy(memberId, 1)))
    const report = await here.audit('another secret')
    const { faults, text } = report.checks.find(({ id }) => id === 'seals')!
    expect(faults).toHaveLength(50)
    expect(text).toContain('另有')
  })
})

it('reads ranges of members of which each is consistent while the shop goes on writing', async () => {
  const busy = await aServer()
  try {
    const memberIds: number[] = []
    for (let index = 0; index < 30; index++) memberIds.push(await busy.aMember({ points: 1_000 }))
    let open = true
    const shop = (async () => {
      while (open)
        await Promise.all(
          memberIds.map((memberId) =>
            busy.book.make(adjust, {
              memberId,
              points: 1,
              reason: '补偿',
              actor: 'system' as const,
              requestId: fresh(),
            }),
          ),
        )
    })()
    for (let round = 0; round < 5; round++)
      expect((await busy.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
    open = false
    await shop
  } finally {
    await busy.close()
  }
})
