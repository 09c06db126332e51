import { describe, expect, it } from 'vitest'
import { memberNumbers } from '../../server/panel/src/pages/cases/member-numbers.ts'

describe('member numbers as merchants have them', () => {
  it.each([
    ['one a line', '10000001\n10000002\r\n', ['10000001', '10000002']],
    ['with commas of any kind', '10000001, 10000002，10000003', ['10000001', '10000002', '10000003']],
    ['a CSV with a header, of which the first column counts', '会员号,昵称,积分\n10000001,小满,88\n', ['10000001']],
    ['quoted, after a byte order mark', '\uFEFF"10000001","林"\n"10000002","周"', ['10000001', '10000002']],
    ['twice the same', '10000001\n10000001', ['10000001']],
    ['nothing of the kind', '会员号\n', []],
  ])('reads %s', (_, text, numbers) => {
    expect(memberNumbers(text)).toEqual(numbers)
  })
})
