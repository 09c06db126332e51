import { contract } from '@pointbook/shared/contract/index'
import { expect, test } from 'vitest'
import { methods } from './weapp/wx.ts'

test('the mini-program is asked for nothing that wx.request cannot send', () => {
  const asked = Object.entries(contract).filter(([, { for: audience }]) => audience !== 'admin')
  const impossible = asked.filter(([op]) => !methods.includes(op.split(' ')[0]!))
  expect(impossible.map(([op]) => op)).toEqual([])
})
