import { isCommonPassword } from '@pointbook/shared/common-password'
import { describe, expect, it } from 'vitest'

describe('a password that is easy to guess', () => {
  it.each([
    ['123qweasdzxc', 'is a breached one'],
    ['Q1W2E3R4T5Y6', 'is a breached one, in other case'],
    ['michaeljordan', 'is two breached ones in a row'],
    ['Woaini1314520', 'is two breached ones in a row, in other case'],
    ['password123456', 'is a common word with a row'],
    ['P@ssw0rd-2345', 'is a common word with signs for letters'],
    ['chen.dong9876543', 'is the login with a row'],
    ['aaaaaaaaaaaaaaaa', 'is one sign'],
  ])('%s %s (FS13, FS21)', (password) => {
    expect(isCommonPassword(password, 'chen.dong')).toBe(true)
  })

  it.each(['晴天去海边捡贝壳看日落 42', 'correct horse battery staple', 'k7mq-x2vp-9d3h-wtc4', 'lvse-zixingche-57'])(
    '%s is none',
    (password) => {
      expect(isCommonPassword(password, 'chen.dong')).toBe(false)
    },
  )
})
