import { fitValue } from '@pointbook/server/platform/wechat/message-values'
import { fits } from '@pointbook/server/sandbox/message-limits'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test.each([
  ['thing1', '一二三四五六七八九十一二三四五六七八九十', '一二三四五六七八九十一二三四五六七八九十'],
  ['thing1', '一二三四五六七八九十一二三四五六七八九十多', '一二三四五六七八九十一二三四五六七八九…'],
  ['thing1', ' 两行\n文字 ', '两行 文字'],
  ['thing1', '新品🎉尝鲜', '新品尝鲜'],
  ['phrase1', '待领取（门店）', '待领取门店'],
  ['name1', '欧阳娜娜欧阳娜娜欧阳娜娜', '欧阳娜娜欧阳娜娜欧…'],
  ['name1', 'Christopher Montgomery Jr', 'Christopher Montgom…'],
])('%s cuts %j to %j', (key, value, fitted) => {
  expect(fitValue(key, value)).toBe(fitted)
})

test.each([
  ['number1', '1288.50'],
  ['number1', '-3'],
  ['letter1', 'VIP'],
  ['symbol1', '+-*'],
  ['character_string2', 'A-8203/44'],
  ['time1', '15:01'],
  ['time1', '2019年10月1日 15:01'],
  ['time1', '9:00~18:30'],
  ['date2', '2026-03-09'],
  ['date2', '2019-12-25 09:42'],
  ['date2', '2026年3月9日~2026年3月16日'],
  ['amount1', '¥12.80元'],
  ['phone_number1', '+86 139-0000-0001'],
  ['car_number1', '粤A12345D'],
])('%s keeps %j', (key, value) => {
  expect(fitValue(key, value)).toBe(value)
})

test.each([
  ['number1', '12e3'],
  ['number1', '1'.repeat(33)],
  ['letter1', 'V1P'],
  ['symbol1', '++++++'],
  ['character_string2', '取货码'],
  ['character_string2', 'x'.repeat(33)],
  ['time1', '25:00'],
  ['date2', '03-09'],
  ['amount1', '12345678901'],
  ['phone_number1', '1'.repeat(18)],
  ['car_number1', '粤粤粤12345'],
  ['thing1', ' \n '],
  ['phrase1', 'abc'],
  ['nonsense1', 'x'],
])('%s refuses %j rather than cut it into something false', (key, value) => {
  expect(() => fitValue(key, value)).toThrow(RangeError)
})

test('a refusal names the key and never the value', () => {
  expect(() => fitValue('phone_number1', '13900000001 or 13900000002')).toThrow(
    /^phone_number1 cannot hold this value$/,
  )
})

test('WeChat accepts every fitted value', () => {
  const keys = [
    'thing',
    'phrase',
    'name',
    'number',
    'character_string',
    'time',
    'date',
    'amount',
    'symbol',
    'phone_number',
  ]
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[一-龥\d:~年月日.¥-]{0,30}$/))
  fc.assert(
    fc.property(fc.constantFrom(...keys), text, (key, value) => {
      const fitted = fittedOrRefused(key, value)
      return fitted === undefined || fits(key, fitted)
    }),
    { numRuns: 3000 },
  )
})

function fittedOrRefused(key: string, value: string): string | undefined {
  try {
    return fitValue(key, value)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
