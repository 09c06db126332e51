import { caseAnnouncement } from '@pointbook/server/features/care/cases/words'
import { maskName } from '@pointbook/server/features/members/directory/words'
import { describe, expect, it } from 'vitest'

describe('names in an announcement', () => {
  it.each([
    ['林小满', '林*满'],
    ['小林', '小*'],
    ['林', '林*'],
    ['欧阳修远', '欧*远'],
    ['😀喵喵', '😀*喵'],
    ['', '*'],
  ])('masks %s', (nickname, masked) => {
    expect(maskName(nickname)).toBe(masked)
  })
})

describe('the draft of a result', () => {
  it('names the members who broke the rules, masked, and leaves out the others (H4)', () => {
    const { title, body } = caseAnnouncement('小票造假', [
      { nickname: '林小满', decision: 'cancelled', takenPoints: 1200 },
      { nickname: '周子墨', decision: 'cleared', takenPoints: 0 },
    ])
    expect(title).toBe('关于违规积分处理结果的公示')
    expect(body).toContain('· 林*满：收回违规积分 1,200 分，注销会员资格')
    expect(body).not.toContain('周')
  })

  it('names no member when all were cleared', () => {
    const { title, body } = caseAnnouncement('小票造假', [{ nickname: '周子墨', decision: 'cleared', takenPoints: 0 }])
    expect(title).toBe('关于积分异常核实结果的说明')
    expect(body).not.toMatch(/小票造假|周/)
  })
})
