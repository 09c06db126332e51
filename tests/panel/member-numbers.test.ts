import { describe, expect, it } from 'vitest'
import { firstColumn, memberNumbers } from '../../server/panel/src/pages/care/cases/member-numbers.ts'

const three = ['10000001', '10000002', '10000003']

describe('member numbers as merchants have them', () => {
  it.each([
    ['one a line', '10000001\n10000002\r\n10000003\n'],
    ['with commas of any kind', '10000001, 10000002，10000003'],
    ['with blanks of any kind (FM10)', '10000001 10000002　10000003'],
    ['with 、 and ;', '10000001、10000002;10000003'],
    ['in full-width digits, with invisible marks', '１０００００01\u200b\n\u202d10000002\u202c 10000003'],
    ['twice the same', '10000001\n10000001 10000002 10000003'],
    ['on lines of different lengths', '10000001, 10000002\n10000003'],
    ['in quotes, as a CSV has them', '"10000001","10000002",\'10000003'],
    ['with tabs before and after, as of one column of a spreadsheet', '\t10000001\n\t10000002\t\n10000003'],
  ])('reads them %s', (_, text) => {
    expect(memberNumbers(text)).toEqual({ numbers: three, unread: [], aside: 0 })
  })

  it.each([
    ['followed by letters', '10000001abc\n10000002', ['10000001abc']],
    ['too short for a member number', '88 10000002', ['88']],
    ['that a spreadsheet has damaged (FI1)', '1.00E+07\n10000002', ['1.00E+07']],
    ['of no number at all', '林小满 10000002', ['林小满']],
  ])('shows a piece %s instead of dropping it (FM10, FI5)', (_, text, unread) => {
    expect(memberNumbers(text)).toEqual({ numbers: ['10000002'], unread, aside: 0 })
  })

  it.each([
    ['with commas', '会员号,上级会员号\n10000001,10000008\n10000002,10000009\n', 3],
    ['with tabs, as pasted from a spreadsheet', '会员号\t积分\n10000001\t10000008\n10000002\t10000009', 3],
    ['with semicolons', '\ufeff会员号;手机号\n10000001;13800138000\n\n10000002;13800138001', 3],
    ['with full-width commas', '会员号，手机号\n10000001，13800138000\n10000002，13800138001', 3],
    ['whose last row lacks a cell', '会员号,上级会员号\n10000001,10000008\n10000002', 2],
    ['with commas in a name', '会员号,姓名,上级\n10000001,"林,小满",10000008\n10000002,王,10000009', 6],
  ])(
    'takes only the first column of a table %s, shows its heading as unread and counts the rest (FI5)',
    (_, text, aside) => {
      expect(memberNumbers(text)).toEqual({ numbers: ['10000001', '10000002'], unread: ['会员号'], aside })
    },
  )

  it('counts the ignored numbers of a list with the same count of numbers on each line (FM10)', () => {
    const text = '10000001, 10000002\n10000003, 10000004'
    expect(memberNumbers(text)).toEqual({ numbers: ['10000001', '10000003'], unread: [], aside: 2 })
  })

  it('uses only the first column of a file, even with one row (FI5)', () => {
    const file = firstColumn('\uFEFF"10000001","林"\r\n\'10000002,10000009\n\n')
    expect(file).toEqual({ numbers: '10000001\n10000002', aside: 2 })
    const row = firstColumn('10000001,10000009')
    expect([memberNumbers(row.numbers), row.aside]).toEqual([{ numbers: ['10000001'], unread: [], aside: 0 }, 1])
  })

  it('finds nothing in a file whose first column is empty (FM10)', () => {
    expect(firstColumn(',10000001\n,10000002')).toEqual({ numbers: '\n', aside: 2 })
  })
})
