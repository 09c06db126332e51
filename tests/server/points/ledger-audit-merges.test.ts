import { lotOriginsTable } from '@pointbook/server/features/members/identities/tables'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { aLife, damage, faultsIn, faultsOf, here, inAnAuditedShop, merge } from '../../support/audited-shop.ts'

/** A kept member with a merged double that had its own history, and the double. */
async function aMerge(): Promise<[kept: number, double: number]> {
  const [kept, double] = [await here.aMember({ points: 5 }), await aLife()]
  await merge(kept, double)
  return [kept, double]
}

describe('the audit of merges', () => {
  inAnAuditedShop()

  it('finds nothing wrong with a merge, and the day, the points or the origin that was changed in a lot it moved', async () => {
    const [kept, double] = await aMerge()
    expect(await faultsOf(kept)).toEqual([])
    expect(await faultsOf(double)).toEqual([])
    await damage(
      sql`UPDATE points_lots SET expires_on = '2099-12-31', due_on = '2099-12-31' WHERE member_id = ${kept} AND seq = 3`,
    )
    const [origin] = await here.db.select().from(lotOriginsTable).where(eq(lotOriginsTable.memberId, kept))
    const lotSeq = origin!.fromSeq
    const moved = `merges 会员 ${kept} 第 3 笔：有效期与原批次 ${double}/${lotSeq} 不同`
    expect(await faultsOf(kept)).toEqual([`seals 会员 ${kept} 第 3 笔：封印不符`, moved])
    await damage(sql`UPDATE lot_origins SET from_seq = 99 WHERE member_id = ${kept}`)
    expect(await faultsOf(kept)).toContain(`merges 会员 ${kept} 第 3 笔：与原批次 ${double}/${lotSeq} 的对应关系不符`)
  })

  it('finds a merge with more credited than taken points, although the account is consistent', async () => {
    const [kept, double] = await aMerge()
    await damage(
      sql`UPDATE points_entries SET delta = delta + 90, balance_after = balance_after + 90 WHERE member_id = ${kept} AND seq = 3`,
      sql`UPDATE points_lots SET points = points + 90, remaining = remaining + 90 WHERE member_id = ${kept} AND seq = 3`,
      sql`UPDATE points_accounts SET balance = balance + 90 WHERE member_id = ${kept}`,
    )
    expect(await faultsOf(kept)).toEqual([`seals 会员 ${kept} 第 3 笔：封印不符`])
    expect(await faultsIn('merges')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^批次 ${double}/\\d+：转出 7 分，转入 97 分$`)),
        '转入比转出多 90 分',
      ]),
    )
  })

  it('finds totals that the merge did not move', async () => {
    const [kept] = await aMerge()
    await damage(sql`UPDATE points_accounts SET spent = spent + 1, purchases = purchases + 1 WHERE member_id = ${kept}`)
    expect(await faultsOf(kept)).toEqual([
      `lifetimes 会员 ${kept}：累计使用 61，各笔之和 60`,
      `lifetimes 会员 ${kept}：消费 3 次，流水中有 2 次`,
    ])
  })
})
