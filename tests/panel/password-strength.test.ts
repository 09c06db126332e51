import { isCommonPassword } from '@pointbook/shared/common-password'
import { contract } from '@pointbook/shared/contract/index'
import { describe, expect, it } from 'vitest'
import { strengthOf } from '../../server/panel/src/session/password-strength.ts'

const [login, present] = ['chen.dong', '晴天去海边捡贝壳看日落 42']
const of = (password: string) => strengthOf({ password, present, login })

describe('the strength of a new password', () => {
  it.each([
    ['晴天去海边捡贝壳', 'refused', '还差 4 位'],
    ['michaeljordan', 'refused', /太常见/],
    [present, 'refused', /不能和现在的一样/],
    ['beijing20082008', 'weak', /重复/],
    ['summer2026!!ab', 'fair', /再长一些/],
    ['lvse-zixingche-57', 'strong', /^$/],
    ['今天天气真的很好我们去公园玩', 'strong', /^$/],
  ])('of %s is %s (FS21)', (password, level, advice) => {
    expect(of(password)).toEqual({ level, advice: expect.stringMatching(advice) })
  })

  it('is "refused" for just what the server refuses (FS21)', () => {
    const newPassword: object = contract['PUT /admin/session/password'].body.properties.newPassword
    const { minLength = 0, maxLength = 0 }: { minLength?: number; maxLength?: number } = newPassword
    const samples = ['贝'.repeat(minLength - 1), '𠮷'.repeat(minLength - 1), 'woaini1314520', 'correct horse battery']
    for (const password of [...samples, '绿色的自行车很贵很贵啊', 'x1y2z3-k9j8h7-q4w5', 'lvse'.repeat(maxLength / 4)]) {
      const refuses = [...password].length < minLength || isCommonPassword(password, login)
      expect([password, of(password).level === 'refused']).toEqual([password, refuses])
    }
  })
})
