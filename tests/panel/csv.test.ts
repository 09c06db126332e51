import { describe, expect, it } from 'vitest'
import { csvText } from '../../server/panel/src/pieces/csv-text.ts'

describe('a table as a file', () => {
  it('says at its beginning that it is UTF-8, so that Excel shows Chinese', () => {
    expect(csvText([['月份', 12]])).toBe('\uFEFF月份,12\r\n')
  })

  it('quotes what would break a row', () => {
    expect(csvText([['a,b', 'say "no"', 'two\nlines']])).toBe('\uFEFF"a,b","say ""no""","two\nlines"\r\n')
  })
})
