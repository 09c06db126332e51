import { auditLedger } from '@pointbook/server/book/audit'
import { pointsEntries } from '@pointbook/server/book/tables'
import { auditParts } from '@pointbook/server/features'
import { openidHashes } from '@pointbook/server/features/members/directory/personal-data'
import { members } from '@pointbook/server/features/members/directory/tables'
import { stores } from '@pointbook/server/features/shop/stores/tables'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { asc, eq, inArray } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { aFile, inAnEmptyShop, manyRows, purchases, server, take } from '../../support/history.ts'

inAnEmptyShop()

async function audit() {
  const { sealSecret } = server.env.secrets
  return auditLedger(server.outside.databases.pool, { parts: auditParts, sealSecret, pointsPerYuan: 100 })
}

describe('a purchase history', () => {
  it('goes through the book: each purchase on its own day, by the rules, for a new member', async () => {
    const totals = await take(aFile(['A1,R1,2025-12-24,2,29.33', 'A1,R2,2026-01-18,1,100', 'B2,R3,2026-01-20,1,0']))
    expect(totals).toEqual({
      newMembers: 2,
      newPurchases: 3,
      alreadyThere: 0,
      rejected: 0,
      points: 29 + 1_000 + 100 + 1_000,
      rejects: [],
    })
    expect(await purchases()).toMatchObject([
      { receiptNo: 'R1', amountFen: 29_33, points: 1_029, at: '2025-12-24T04:00:00.000Z' },
      { receiptNo: 'R2', amountFen: 100_00, points: 100 },
      { receiptNo: 'R3', amountFen: 0, points: 1_000 },
    ])
    const [member] = await server.db
      .select()
      .from(members)
      .where(inArray(members.openidHash, openidHashes(server.outside.keys, 'import:A1')))
    expect(member).toMatchObject({ source: 'import', phoneMasked: '', joinedAt: '2025-12-24T04:00:00.000Z' })
    expect(await server.account(member!.id)).toMatchObject({ balance: 1_129, purchases: 2, spendFen: 129_33 })
    expect((await server.openLots(member!.id)).map((lot) => lot.expiresOn)).toEqual(['2026-12-24', '2027-01-18'])
    expect((await audit()).passed).toBe(true)
  })

  it('expires points whose last day passed long ago, once, without notice (FN16)', async () => {
    const file = aFile(['C3,R91,2019-05-01,1,500', 'C3,R92,2026-01-18,1,20'])
    const totals = await take(file)
    expect(totals).toMatchObject({ newPurchases: 2, ended: 1_500 })
    const [member] = await server.db
      .select()
      .from(members)
      .where(inArray(members.openidHash, openidHashes(server.outside.keys, 'import:C3')))
    expect(await server.account(member!.id)).toMatchObject({ balance: 20, expired: 1_500 })
    expect((await take(file)).ended).toBeUndefined()
    expect(await take(aFile(['C3,R93,2019-06-01,1,30']))).toMatchObject({ ended: 30 })
    const messages = await server.db.select().from(outbox).where(eq(outbox.topic, 'points.expired'))
    expect(messages).toEqual([])
    expect((await audit()).passed).toBe(true)
  })

  it('adds nothing when it is imported again', async () => {
    const file = aFile(manyRows(300))
    const first = await take(file)
    expect(first).toMatchObject({ newMembers: 37, newPurchases: 300, rejected: 0 })
    const before = await server.db.select().from(pointsEntries)
    expect(await take(file)).toEqual({
      newMembers: 0,
      newPurchases: 0,
      alreadyThere: 300,
      rejected: 0,
      points: 0,
      rejects: [],
    })
    expect(await server.db.select().from(pointsEntries)).toEqual(before)
    expect(await server.db.select().from(stores)).toHaveLength(1)
    expect((await audit()).passed).toBe(true)
  })

  it('adds only the new rows when a longer file is imported later', async () => {
    const rows = manyRows(100)
    await take(aFile(rows.slice(0, 60)))
    expect(await take(aFile(rows))).toMatchObject({ newPurchases: 40, alreadyThere: 60, rejected: 0 })
  })

  it('can be imported by two processes at once', async () => {
    const file = aFile(manyRows(200))
    const [one, other] = await Promise.all([take(file), take(file)])
    expect(one.newPurchases + other.newPurchases).toBe(200)
    expect(one.newMembers + other.newMembers).toBe(37)
    expect([one.rejected, other.rejected]).toEqual([0, 0])
    expect((await audit()).passed).toBe(true)
  })

  it('keeps each member’s rows in the order of the file, also over more rows than fit one batch', async () => {
    const rows = Array.from({ length: 2_600 }, (_, index) => `M${index % 3},R${index},2025-01-01,1,${index}`)
    await take(aFile(rows))
    const entries = await server.db
      .select()
      .from(pointsEntries)
      .orderBy(asc(pointsEntries.memberId), asc(pointsEntries.seq))
    for (const memberId of new Set(entries.map((entry) => entry.memberId))) {
      const numbers = entries
        .filter((entry) => entry.memberId === memberId)
        .map(({ ref }) => Number(ref.split('/R')[1]))
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    }
    expect(entries.filter(({ cause }) => cause === 'purchase')).toHaveLength(2_600)
  })

  it('names the line and the reason of every row it cannot import, and imports the others', async () => {
    const { rejects, ...totals } = await take(
      aFile([
        'A1,R1,2026-02-30,1,10.00',
        'A1,R2,2026-01-02,1,10.125',
        'A1,R3,2026-01-02,1,-5',
        ',R4,2026-01-02,1,5',
        'A1,R 5,2026-01-02,1,5',
        'A1,R6,2026-01-02,0,5',
        'A1,R7,2099-01-01,1,5',
        'A1,R8,2026-01-02,1',
        'A1,R9,2026-01-02,1,20000000',
        'A1,OK,2026-01-02,1,5',
      ]),
    )
    expect(totals).toMatchObject({ newPurchases: 1, rejected: 9 })
    expect(rejects.sort()).toEqual([
      '10 amount_yuan 20000000 is more than 10 million',
      '2 purchased_on "2026-02-30" is not a day such as 2026-11-21 or 2026/11/21',
      '3 amount_yuan "10.125" is not an amount with at most two decimals',
      '4 amount_yuan "-5" is not an amount with at most two decimals',
      '5 member_ref is missing',
      '6 receipt_no "R 5" is not letters, digits and _ . / - (at most 40)',
      '7 quantity "0" is not a whole number from 1 to 9999',
      '8 purchased_on 2099-01-01 is yet to come',
      '9 the number of fields is not that of the header',
    ])
  })

  it('refuses a receipt that comes again with other content, another day or another member', async () => {
    const { rejects, ...totals } = await take(
      aFile([
        'A1,R1,2026-01-02,1,10',
        'A1,R1,2026-01-02,1,10',
        'A1,R1,2026-01-02,1,11',
        'A1,R1,2026-01-03,1,10',
        'B2,R1,2026-01-02,1,10',
      ]),
    )
    expect(totals).toMatchObject({ newPurchases: 1, alreadyThere: 1, rejected: 3 })
    expect(rejects.sort()).toEqual([
      '4 receipt R1 is recorded with other content or for another member',
      '5 receipt R1 is recorded on 2026-01-02',
      '6 receipt R1 is recorded with other content or for another member',
    ])
  })
})
