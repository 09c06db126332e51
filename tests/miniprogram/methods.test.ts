import { contract } from '@pointbook/shared/contract/index'
import { expect, test } from 'vitest'
import { methods } from './weapp/wx.ts'

test('the contract asks the mini-program only for methods that wx.request can send', () => {
  const asked = Object.entries(contract).filter(([, { for: audience }]) => audience !== 'admin')
  const impossible = asked.filter(([op]) => !methods.includes(op.split(' ')[0]!))
  expect(impossible.map(([op]) => op)).toEqual([])
})
