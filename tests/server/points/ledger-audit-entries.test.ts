import { mergeMembers } from '@pointbook/server/features/members/merging/moves'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  adjustBy,
  aLife,
  bringBack,
  buy,
  damage,
  faultsOf,
  here,
  inAnAuditedShop,
  redeem,
} from '../../support/audited-shop.ts'
import { fresh } from '../../support/server.ts'

describe("the audit of a member's entries, lots and account", () => {
  inAnAuditedShop()

  it('names the entry whose points were edited', async () => {
    const memberId = await aLife()
    await damage(sql`UPDATE points_entries SET delta = delta + 500 WHERE member_id = ${memberId} AND seq = 2`)
    const faults = await faultsOf(memberId)
    expect(faults).toContain(`seals 会员 ${memberId} 第 2 笔：封印不符`)
    expect(faults).toContain(`draws 会员 ${memberId} 第 2 笔：变动 600，批次里变动 100`)
    expect(faults.filter((fault) => fault.startsWith('seals'))).toHaveLength(1)
  })

  it('is not deceived by an edit that keeps all sums right (H7)', async () => {
    const memberId = await here.aMember()
    await buy(memberId, 100_00)
    await damage(
      sql`UPDATE points_entries SET delta = 900, balance_after = 900 WHERE member_id = ${memberId}`,
      sql`UPDATE points_lots SET points = 900, remaining = 900 WHERE member_id = ${memberId}`,
      sql`UPDATE points_accounts SET balance = 900, earned = 900 WHERE member_id = ${memberId}`,
      sql`UPDATE purchases SET points = 900 WHERE member_id = ${memberId}`,
    )
    expect(await faultsOf(memberId)).toEqual([`seals 会员 ${memberId} 第 1 笔：封印不符`])
  })

  it('names the place of an entry that was deleted', async () => {
    const memberId = await aLife()
    await damage(sql`DELETE FROM points_entries WHERE member_id = ${memberId} AND seq = 4`)
    const faults = await faultsOf(memberId)
    expect(faults).toContain(`chain 会员 ${memberId} 第 4 笔：缺失`)
    expect(faults).toContain(`seals 会员 ${memberId} 第 5 笔：封印不符`)
    expect(faults).toContain(`draws 会员 ${memberId} 第 4 笔：批次有变动，但没有这笔流水`)
  })

  it('finds an entry that was inserted, though its points, lot and balance agree', async () => {
    const memberId = await here.aMember({ points: 10 })
    await damage(
      sql`INSERT INTO points_entries SELECT member_id, 2, kind, cause, ref, 1000, 0, 1010, policy_version, why, actor, at, seal
          FROM points_entries WHERE member_id = ${memberId}`,
      sql`INSERT INTO points_lots (member_id, seq, points, remaining, expired, usable_on, expires_on, due_on) SELECT member_id, 2, 1000, 1000, 0, usable_on, expires_on, due_on FROM points_lots WHERE member_id = ${memberId}`,
      sql`UPDATE points_accounts SET balance = 1010, seq = 2 WHERE member_id = ${memberId}`,
    )
    expect(await faultsOf(memberId)).toEqual([`seals 会员 ${memberId} 第 2 笔：封印不符`])
  })

  it('finds a last entry that was cut off', async () => {
    const memberId = await here.aMember({ points: 10 })
    await redeem(await here.aMember({ points: 30 }))
    await adjustBy(memberId, -4)
    await damage(sql`DELETE FROM points_entries WHERE member_id = ${memberId} AND seq = 2`)
    await damage(sql`UPDATE points_accounts SET balance = 10, seq = 1 WHERE member_id = ${memberId}`)
    await damage(sql`UPDATE points_lots SET remaining = 10 WHERE member_id = ${memberId}`)
    await damage(sql`DELETE FROM points_draws WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([`seals 会员 ${memberId}：账户的末尾封印与最后一笔不符`])
  })

  it('finds a lot whose last day was moved', async () => {
    const memberId = await here.aMember({ points: 10 })
    await damage(
      sql`UPDATE points_lots SET expires_on = '2099-12-31', due_on = '2099-12-31' WHERE member_id = ${memberId}`,
    )
    expect(await faultsOf(memberId)).toEqual([`seals 会员 ${memberId} 第 1 笔：封印不符`])
  })

  it('finds a lot that the expiry jobs would skip (FD10)', async () => {
    const memberId = await here.aMember({ points: 10 })
    await damage(sql`UPDATE points_lots SET due_on = NULL WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([`lots 会员 ${memberId} 第 1 批：到期排期和剩余积分、有效期对不上`])
  })

  it('finds a lot whose remaining points were raised, and a balance raised with it', async () => {
    const memberId = await here.aMember({ points: 10 })
    await damage(sql`UPDATE points_lots SET remaining = 60 WHERE member_id = ${memberId}`)
    await damage(sql`UPDATE points_accounts SET balance = 60 WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([
      `balances 会员 ${memberId}：余额 60，各笔之和 10`,
      `lots 会员 ${memberId} 第 1 批：剩余 60，按去向应为 10`,
    ])
  })

  it('finds a changed reason, and an unreadable one', async () => {
    const memberId = await here.aMember()
    await buy(memberId, 1_00)
    await buy(memberId, 1_00)
    await damage(
      sql`UPDATE points_entries SET why = REPLACE(why, 'base', 'gift') WHERE member_id = ${memberId} AND seq = 1`,
    )
    await damage(sql`UPDATE points_entries SET why = '[{' WHERE member_id = ${memberId} AND seq = 2`)
    expect(await faultsOf(memberId)).toEqual([
      `seals 会员 ${memberId} 第 1 笔：封印不符`,
      `seals 会员 ${memberId} 第 2 笔：封印不符`,
    ])
  })

  it('finds the reason of a merge that is no longer a list (FD14)', async () => {
    const [memberId, doubleId] = [await here.aMember({ points: 10 }), await here.aMember({ points: 10 })]
    const by = { reason: '同一人', actor: 'system' as const, requestId: fresh() }
    await here.book.make(mergeMembers, { keptId: memberId, doubleId, ...by })
    for (const why of ['{}', '"x"', '5', 'null', '[null]']) {
      await damage(sql`UPDATE points_entries SET why = ${why} WHERE member_id = ${memberId} AND kind = 'merge'`)
      expect(await faultsOf(memberId)).toContain(`seals 会员 ${memberId} 第 2 笔：封印不符`)
    }
  })

  it('finds a debt that was forgiven in the database', async () => {
    const memberId = await here.aMember()
    const receiptNo = await buy(memberId, 30_00)
    await redeem(memberId)
    await bringBack(memberId, 1, receiptNo, 30_00)
    await damage(sql`UPDATE points_accounts SET debt = 0 WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([`debts 会员 ${memberId}：欠分 0，各笔之和 30`])
  })

  it('finds entries whose account is gone', async () => {
    const memberId = await here.aMember({ points: 10 })
    await damage(sql`DELETE FROM points_accounts WHERE member_id = ${memberId}`)
    expect(await faultsOf(memberId)).toEqual([
      `balances 会员 ${memberId}：有积分记录，但没有账户`,
      `members 会员 ${memberId}：有会员资料，没有积分账户`,
    ])
  })
})
