import { contract } from '@pointbook/shared/contract/index'
import { expect, it } from 'vitest'

const PHONE = '13800138000'

interface Field {
  type?: string
  pattern?: string
}

/** The text fields of the operations' addresses that a phone number fits into, each with where it is. */
function fitting() {
  return Object.entries(contract).flatMap(([op, endpoint]) => {
    const { params, query } = endpoint as { params?: { properties: object }; query?: { properties: object } }
    const fields = { ...params?.properties, ...query?.properties } as Record<string, Field>
    const fits = ({ type, pattern }: Field) => type === 'string' && new RegExp(pattern ?? '', 'u').test(PHONE)
    return Object.entries(fields).flatMap(([name, field]) => (fits(field) ? [{ op, name }] : []))
  })
}

/** None of them is typed by somebody who looks for a person. */
const known = [
  // Made by the server or by the device.
  'cursor',
  'draftId',
  'memberNo',
  // Of a panel account, which is no member; of a receipt; of the public shelf of the mall.
  'login',
  'receiptNo',
  'category',
  'q',
]

it('lets nobody search for a person in an address, which histories and proxies keep (M20)', () => {
  const found = fitting()
  expect([...new Set(found.map(({ name }) => name))].sort(), 'search in the body of a POST').toEqual([...known].sort())
  expect(found.filter(({ name }) => name === 'q').map(({ op }) => op)).toEqual(['GET /mall/items'])
})
