import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Names } from '@pointbook/server/features/connections/imports/rows'
import { openidHashes } from '@pointbook/server/features/members/directory/personal-data'
import { members } from '@pointbook/server/features/members/directory/tables'
import { inArray } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { aFile, folder, HEADER, inAnEmptyShop, manyRows, purchases, server, take } from '../../support/history.ts'

inAnEmptyShop()

describe('a file of purchases', () => {
  it('finds its columns by the given names, with quotes, blanks and a byte order mark', async () => {
    const header = '\ufeff会员号,小票号,日期,件数,金额,品类,备注'
    const names: Names = {
      member_ref: '会员号',
      receipt_no: '小票号',
      purchased_on: '日期',
      quantity: '件数',
      amount_yuan: '金额',
      category: '品类',
    }
    const totals = await take(aFile(['"张,三", S-1 ,2026-01-02,3,"1,234.50",咖啡,"第一行\n第二行"', ''], header), names)
    expect(totals).toMatchObject({ newPurchases: 1, rejected: 0 })
    const [purchase] = await purchases()
    expect(purchase).toMatchObject({ receiptNo: 'S-1', amountFen: 1_234_50 })
    expect(purchase!.lines).toMatchObject([{ name: '历史消费', category: '咖啡', quantity: 3 }])
  })

  it('imports nothing from a file without the required columns, and lists those it has', async () => {
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
    const { rejects, ...totals } = await take(aFile([...damaged, '13800138000'].map(rowOf)))
    expect(totals).toMatchObject({ newMembers: 1, newPurchases: 1, rejected: 4 })
    for (const reject of rejects) expect(reject).toMatch(`${field} "`)
    for (const reject of rejects) expect(reject).toMatch('make the column a text column there and export it again')
  })

  it('refuses placeholders of spreadsheets and databases for empty values, so that many members do not become one (FI1)', async () => {
    const faults = ['#N/A', '#REF!', '#VALUE!', '#DIV/0!', '#NAME?', '#NUM!', '＃Ｎ／Ａ', '"1,38E+10"', '1.38 E+10']
    const nobody = ['NULL', 'null', '\\N', 'None', 'nan', 'N/A', 'undefined', '-', '--']
    const rows = [...faults, ...nobody].map((ref, index) => `${ref},R${index},2026-01-02,1,10`)
    const { rejects, ...totals } = await take(aFile(rows))
    expect(totals).toMatchObject({ newMembers: 0, newPurchases: 0, rejected: rows.length })
    for (const reject of rejects.slice(0, faults.length)) expect(reject).toMatch('make the column a text column')
    for (const reject of rejects.slice(faults.length)) expect(reject).toMatch(/member_ref ".+" names nobody/)
  })

  it('reads a number that a spreadsheet marks as text as the plain number (FI1)', async () => {
    const refs = ['13800138000', "'13800138000", '"=""13800138000"""', ' ’13800138000']
    const totals = await take(aFile(refs.map((ref, index) => `${ref},"=""R${index}""",2026-01-02,1,10`)))
    expect(totals).toMatchObject({ newMembers: 1, newPurchases: refs.length, rejects: [] })
    expect((await purchases()).map(({ receiptNo }) => receiptNo)).toEqual(['R0', 'R1', 'R2', 'R3'])
  })

  it.each([
    [
      'two columns of one name',
      `${HEADER},member_ref\nA1,R1,2026-01-02,1,10,B2\n`,
      'there are two columns "member_ref"',
    ],
    ['nothing in it', '', 'there is nothing in it'],
    ['a byte order mark alone', '\ufeff\n\n', 'there is nothing in it'],
  ])('takes nothing from a file with %s, and says so (FI4)', async (_, text, reason) => {
    const file = path.join(folder, 'odd.csv')
    writeFileSync(file, text)
    await expect(take(file)).rejects.toThrow(reason)
    expect(await purchases()).toEqual([])
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
    const totals = await take(aFile(rows, `${HEADER},category`))
    expect(totals).toMatchObject({ newMembers: 1, newPurchases: 5, rejects: [] })
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
    const [member] = await server.db
      .select()
      .from(members)
      .where(inArray(members.openidHash, openidHashes(server.outside.keys, 'import:会1')))
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

  it('refuses a file of many rows whose last row is no text, before it imports the first row (FI3)', async () => {
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
