import { cleanDigits } from '@pointbook/shared/digits'
import { bare } from '@pointbook/shared/text'
import { expect, it } from 'vitest'
import { typedAs } from '../../server/panel/src/pieces/typed-as.ts'

const cardNo = typedAs(cleanDigits, /^6\d{11}$/, '卡号是 6 开头的 12 位数字')
const phone = typedAs(bare, /^[0-9+ -]*$/, '只能有数字、空格、+ 和 -')

it.each(['6000 0000 0007', '６０００００００００07', ' 6000-0000-0007\u202c', '\u202d600000000007'])(
  'takes the card number %s as the server does (FM9)',
  async (typed) => {
    await expect(cardNo.validator(null, typed)).resolves.toBeUndefined()
  },
)

it('refuses invalid and empty input with a message (FM9)', async () => {
  for (const typed of ['700000000007', '60000000000', 'abc', '', undefined])
    await expect(cardNo.validator(null, typed)).rejects.toThrow('卡号是 6 开头的 12 位数字')
})

it('accepts a pasted phone number with invisible marks, and an empty field (FM9)', async () => {
  for (const typed of ['\u202d400-000-0000\u202c', '４００－０００', '', undefined])
    await expect(phone.validator(null, typed)).resolves.toBeUndefined()
  await expect(phone.validator(null, '电话')).rejects.toThrow('只能有数字')
})
