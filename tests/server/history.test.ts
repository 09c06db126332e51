import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { auditLedger } from '@pointbook/server/book/audit'
import { pointsEntries } from '@pointbook/server/book/tables'
import type { Names } from '@pointbook/server/features/imports/rows'
import { takeHistory } from '@pointbook/server/features/imports/take'
import { members } from '@pointbook/server/features/members/tables'
import { purchasesTable } from '@pointbook/server/features/purchases/tables'
import { stores } from '@pointbook/server/features/stores/tables'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aHouse } from '../support/house.ts'
import { aRule, earningBy } from '../support/policies.ts'

let house: Awaited<ReturnType<typeof aHouse>>
let folder: string

const firstPurchase = aRule({
  id: 'first',
  name: '首单礼',
  gift: { type: 'fixed', points: 1_000 },
  conditions: [{ type: 'first-purchase' }],
})

beforeEach(async () => {
  const rate = aRule({ gift: { type: 'rate', points: 1, perFen: 100 } })
  house = await aHouse({ policy: { earning: earningBy([rate, firstPurchase]) } })
  folder = mkdtempSync(path.join(tmpdir(), 'history-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await house.close()
})

const HEADER = 'member_ref,receipt_no,purchased_on,quantity,amount_yuan'

function aFile(lines: string[], header = HEADER): string {
  const file = path.join(folder, 'history.csv')
  writeFileSync(file, [header, ...lines].join('\n'))
  return file
}

async function take(file: string, names: Names = {}) {
  const rejects: string[] = []
  const onReject = (line: number, reason: string) => rejects.push(`${line} ${reason}`)
  const taken = await takeHistory(house.house, { file, names, onReject, onProgress: () => {} })
  return { ...taken, rejects }
}

const purchases = () => house.db.select().from(purchasesTable).orderBy(asc(purchasesTable.receiptNo))

async function audit() {
  const { sealSecret } = house.env.secrets
  return auditLedger(house.outside.databases.pool, { sealSecret, pointsPerYuan: 100 })
}

/** Purchases of a few members over years, by a fixed recipe. */
const manyRows = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const on = `20${String(10 + Math.floor((index / count) * 15)).padStart(2, '0')}-0${1 + (index % 9)}-1${index % 10}`
    return `M${index % 37},R${String(index).padStart(6, '0')},${on},${1 + (index % 3)},${index % 200}.${String(index % 100).padStart(2, '0')}`
  }).sort((a, b) => a.split(',')[2]!.localeCompare(b.split(',')[2]!))

describe('a purchase history', () => {
  it('goes through the book: each purchase on its own day, by the rules, for a member made for it', async () => {
    const taken = await take(aFile(['A1,R1,2025-12-24,2,29.33', 'A1,R2,2026-01-18,1,100', 'B2,R3,2026-01-20,1,0']))
    expect(taken).toEqual({
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
    const [member] = await house.db.select().from(members).where(eq(members.openid, 'import:A1'))
    expect(member).toMatchObject({ source: 'import', phoneMasked: '', joinedAt: '2025-12-24T04:00:00.000Z' })
    expect(await house.account(member!.id)).toMatchObject({ balance: 1_129, purchases: 2, spendFen: 129_33 })
    expect((await house.openLots(member!.id)).map((lot) => lot.expiresOn)).toEqual(['2026-12-24', '2027-01-18'])
    expect((await audit()).passed).toBe(true)
  })

  it('ends points whose last day passed long ago, once, and tells nobody (FN16)', async () => {
    const file = aFile(['C3,R91,2019-05-01,1,500', 'C3,R92,2026-01-18,1,20'])
    const taken = await take(file)
    expect(taken).toMatchObject({ newPurchases: 2, ended: 1_500 })
    const [member] = await house.db.select().from(members).where(eq(members.openid, 'import:C3'))
    expect(await house.account(member!.id)).toMatchObject({ balance: 20, expired: 1_500 })
    expect((await take(file)).ended).toBeUndefined()
    expect(await take(aFile(['C3,R93,2019-06-01,1,30']))).toMatchObject({ ended: 30 })
    const told = await house.db.select().from(outbox).where(eq(outbox.topic, 'points.expired'))
    expect(told).toEqual([])
    expect((await audit()).passed).toBe(true)
  })

  it('adds nothing when it is taken again', async () => {
    const file = aFile(manyRows(300))
    const first = await take(file)
    expect(first).toMatchObject({ newMembers: 37, newPurchases: 300, rejected: 0 })
    const before = await house.db.select().from(pointsEntries)
    expect(await take(file)).toEqual({
      newMembers: 0,
      newPurchases: 0,
      alreadyThere: 300,
      rejected: 0,
      points: 0,
      rejects: [],
    })
    expect(await house.db.select().from(pointsEntries)).toEqual(before)
    expect(await house.db.select().from(stores)).toHaveLength(1)
    expect((await audit()).passed).toBe(true)
  })

  it('adds what is new when a longer file is taken later', async () => {
    const rows = manyRows(100)
    await take(aFile(rows.slice(0, 60)))
    expect(await take(aFile(rows))).toMatchObject({ newPurchases: 40, alreadyThere: 60, rejected: 0 })
  })

  it('can be taken by two processes at once', async () => {
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
    const entries = await house.db
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

  it('names the line and the reason of every row it cannot take, and takes the rest', async () => {
    const { rejects, ...taken } = await take(
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
    expect(taken).toMatchObject({ newPurchases: 1, rejected: 9 })
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
    const { rejects, ...taken } = await take(
      aFile([
        'A1,R1,2026-01-02,1,10',
        'A1,R1,2026-01-02,1,10',
        'A1,R1,2026-01-02,1,11',
        'A1,R1,2026-01-03,1,10',
        'B2,R1,2026-01-02,1,10',
      ]),
    )
    expect(taken).toMatchObject({ newPurchases: 1, alreadyThere: 1, rejected: 3 })
    expect(rejects.sort()).toEqual([
      '4 receipt R1 is recorded with other content or for another member',
      '5 receipt R1 is recorded on 2026-01-02',
      '6 receipt R1 is recorded with other content or for another member',
    ])
  })

  it('finds its columns by the names it is told, with quotes, blanks and a byte order mark', async () => {
    const header = '\ufeff会员号,小票号,日期,件数,金额,品类,备注'
    const names: Names = {
      member_ref: '会员号',
      receipt_no: '小票号',
      purchased_on: '日期',
      quantity: '件数',
      amount_yuan: '金额',
      category: '品类',
    }
    const taken = await take(aFile(['"张,三", S-1 ,2026-01-02,3,"1,234.50",咖啡,"第一行\n第二行"', ''], header), names)
    expect(taken).toMatchObject({ newPurchases: 1, rejected: 0 })
    const [purchase] = await purchases()
    expect(purchase).toMatchObject({ receiptNo: 'S-1', amountFen: 1_234_50 })
    expect(purchase!.lines).toMatchObject([{ name: '历史消费', category: '咖啡', quantity: 3 }])
  })

  it('takes nothing from a file without the columns it needs, and says which there are', async () => {
    const file = aFile(['A1,R1'], 'who,receipt_no')
    await expect(take(file)).rejects.toThrow('there is no column "member_ref", only who, receipt_no')
    await expect(take(path.join(folder, 'none.csv'))).rejects.toThrow('there is no file')
    expect(await purchases()).toEqual([])
  })

  it.each([
    ['member_ref', (number: string, index: number) => `${number},R${index},2026-01-02,1,10`],
    ['receipt_no', (number: string, index: number) => `M${index},${number},2026-01-02,1,10`],
  ])('refuses a %s that a spreadsheet has damaged, and says what to do (FI1)', async (field, rowOf) => {
    const damaged = ['1.38E+10', '1.38e+10', '######', '１．３８Ｅ＋１０']
    const { rejects, ...taken } = await take(aFile([...damaged, '13800138000'].map(rowOf)))
    expect(taken).toMatchObject({ newMembers: 1, newPurchases: 1, rejected: 4 })
    for (const reject of rejects) expect(reject).toMatch(`${field} "`)
    for (const reject of rejects) expect(reject).toMatch('make the column a text column there and export it again')
  })

  it('refuses long numbers whose last digits a spreadsheet has made zeros, and takes those that are whole (FI1)', async () => {
    const lost = ['440106199001012000', '440106199001013000', '440106199001014000']
    const { rejects } = await take(aFile(lost.map((ref, index) => `${ref},R${index},2026-01-02,1,10`)))
    expect(rejects).toHaveLength(3)
    expect(rejects[0]).toContain('member_ref "440106199001012000" has lost digits')
    const whole = [...lost, '440106199001012345']
    expect(await take(aFile(whole.map((ref, index) => `${ref},R${index},2026-01-02,1,10`)))).toMatchObject({
      newMembers: 4,
      rejected: 0,
    })
  })

  it('reads days, amounts, pieces and names as a spreadsheet writes them (FI4, FI6)', async () => {
    const rows = [
      'A1,R1,2026/1/2,1,￥12.50,',
      'A1,R2,2026-1-2,2.00,"1,234.50",咖啡　',
      'Ａ1,R3,2026年1月2日,２,１２．５,ＣＯＦＦＥＥ',
      ' A1 ,R4,2026/01/02 14:35,1, ¥ 12.5 ,"cafe\u0301"',
      '\u200bA1,R5,20260102,1,12.50元,',
    ]
    const taken = await take(aFile(rows, `${HEADER},category`))
    expect(taken).toMatchObject({ newMembers: 1, newPurchases: 5, rejects: [] })
    const stored = await purchases()
    expect(stored.map(({ amountFen }) => amountFen)).toEqual([12_50, 1_234_50, 12_50, 12_50, 12_50])
    expect(new Set(stored.map(({ at }) => at))).toEqual(new Set(['2026-01-02T04:00:00.000Z']))
    expect(stored.map(({ lines }) => lines[0]!.category)).toEqual([undefined, '咖啡', 'COFFEE', 'café', undefined])
  })

  it('refuses amounts with a comma that does not part thousands, and days whose order is unknown (FI2, FI4)', async () => {
    const { rejects } = await take(
      aFile(['A1,R1,2026-01-02,1,"12,50"', 'A1,R2,1/2/2026,1,10', 'A1,R3,46024,1,10', 'A1,R4,2026-01-02,1.5,10']),
    )
    expect(rejects).toHaveLength(4)
    expect(await purchases()).toEqual([])
  })

  const encoded: [string, (text: string) => Uint8Array][] = [
    ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16 as Excel writes it', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
    ['UTF-16 the other way round', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['GBK', (text) => inGbk(text)],
  ]
  const gbk: Record<string, number[]> = { 会: [0xbb, 0xe1], 员: [0xd4, 0xb1], 咖: [0xbf, 0xa7], 啡: [0xb7, 0xc8] }
  const inGbk = (text: string) => Uint8Array.from([...text].flatMap((char) => gbk[char] ?? [char.charCodeAt(0)]))

  it.each(encoded)('reads a file in %s (FI3)', async (_, bytesOf) => {
    const file = path.join(folder, 'encoded.csv')
    writeFileSync(
      file,
      bytesOf('会员,receipt_no,purchased_on,quantity,amount_yuan,category\n会1,R1,2026-01-02,1,10,咖啡\n'),
    )
    expect(await take(file, { member_ref: '会员' })).toMatchObject({ newPurchases: 1, rejects: [] })
    expect((await purchases())[0]!.lines).toMatchObject([{ category: '咖啡' }])
    const [member] = await house.db.select().from(members).where(eq(members.openid, 'import:会1'))
    expect(member).toMatchObject({ nickname: '会员会1' })
  })

  it.each([
    ['Latin-1', Buffer.from(`${HEADER}\nRené,R1,2026-01-02,1,10\n`, 'latin1')],
    [
      'Big5',
      Buffer.from([
        ...Buffer.from(`${HEADER},category\nA,R1,2026-01-02,1,10,`),
        0xa9,
        0x40,
        0xb0,
        0xd8,
        0xa4,
        0xa4,
        0xa4,
        0x40,
      ]),
    ],
    ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 6, 0, 8, 0, 0x21, 0])],
  ])('refuses %s before anything is written, and says what to do (FI3)', async (_, bytes) => {
    const file = path.join(folder, 'other.csv')
    writeFileSync(file, bytes)
    await expect(take(file)).rejects.toThrow('save it as "CSV UTF-8"')
    expect(await purchases()).toEqual([])
  })

  it('finds that a file of many rows is no text by its last row, before the first is taken (FI3)', async () => {
    const file = aFile(manyRows(3_000))
    writeFileSync(file, Buffer.from([0x0a, 0xff, 0xff]), { flag: 'a' })
    await expect(take(file)).rejects.toThrow('save it as "CSV UTF-8"')
    expect(await purchases()).toEqual([])
  })

  it.each([3, 3_000])('stops at a quotation mark left open and says where, with %i lines after it', async (count) => {
    const file = aFile(['"A1,R1,2026-01-02,1,5', ...manyRows(count)])
    await expect(take(file)).rejects.toThrow(/quotation mark before line \d+ is never closed/)
    expect(await purchases()).toEqual([])
  })
})
