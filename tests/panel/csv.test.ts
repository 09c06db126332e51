import { describe, expect, it } from 'vitest'
import { csvText } from '../../server/panel/src/pieces/csv-text.ts'

describe('a table as a file', () => {
  it('begins with the mark of UTF-8, so that Excel shows Chinese', () => {
    expect(csvText([['月份', 12]])).toBe('\uFEFF月份,12\r\n')
  })

  it('quotes values that would break a row', () => {
    expect(csvText([['a,b', 'say "no"', 'two\nlines']])).toBe('\uFEFF"a,b","say ""no""","two\nlines"\r\n')
  })

  const cell = (text: string) => csvText([[text]]).slice(1, -2)

  it.each(['=1+cmd|calc!A0', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1+1', '-小满', '+8613800138000'])(
    'keeps %j from being run as a formula (FS14)',
    (text) => {
      expect(cell(text).replace(/^"/, '')).toMatch(/^'/)
    },
  )

  it.each(['600000000007', '007', '1E5', '1.38E+10', '440106199001012345'])(
    'keeps a spreadsheet from rewriting %s (FI1)',
    (text) => {
      expect(cell(text)).toBe(`'${text}`)
    },
  )

  it('does not change figures, months and ordinary names', () => {
    for (const text of ['-5%', '+12', '1.50', '0', '0.5', '2026-03', '10000001', '小满=晴', 'A-1'])
      expect(cell(text)).toBe(text)
    expect(csvText([[-5, 1_234_567_890_123]])).toBe('\uFEFF-5,1234567890123\r\n')
  })
})
