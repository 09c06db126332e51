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
  ])('reads them %s', (_, text) => {
    expect(memberNumbers(text)).toEqual({ numbers: three, unread: [] })
  })

  it.each([
    ['followed by letters', '10000001abc\n10000002', ['10000001abc']],
    ['too short for a member number', '88 10000002', ['88']],
    ['that a spreadsheet has damaged (FI1)', '1.00E+07\n10000002', ['1.00E+07']],
    ['of no number at all', '林小满 10000002', ['林小满']],
  ])('shows a piece %s instead of dropping it (FM10, FI5)', (_, text, unread) => {
    expect(memberNumbers(text)).toEqual({ numbers: ['10000002'], unread })
  })

  it.each([
    ['with commas', '会员号,上级会员号\n10000001,10000008\n10000002,10000009\n'],
    ['with tabs, as pasted from a spreadsheet', '会员号\t积分\n10000001\t10000008\n10000002\t10000009'],
  ])('takes only the first column of a table %s, and shows its heading as unread (FI5)', (_, text) => {
    expect(memberNumbers(text)).toEqual({ numbers: ['10000001', '10000002'], unread: ['会员号'] })
  })

  it('takes only the first column of a file, be it of one row (FI5)', () => {
    expect(firstColumn('\uFEFF"10000001","林"\r\n\'10000002,10000009\n\n')).toBe('10000001\n10000002')
    expect(memberNumbers(firstColumn('10000001,10000009'))).toEqual({ numbers: ['10000001'], unread: [] })
  })
})
