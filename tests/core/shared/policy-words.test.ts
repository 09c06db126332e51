import type { Condition, EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Life } from '@pointbook/shared/contract/points/policy'
import { extrasText, makeUpText, schemeText } from '@pointbook/shared/policy-words/check-in'
import { conditionText, memberNames, merchantNames } from '@pointbook/shared/policy-words/condition'
import { basisText, pendingText, roundingText } from '@pointbook/shared/policy-words/earning'
import { extensionText, lifeText, otherLives } from '@pointbook/shared/policy-words/expiry'
import { referralLimitText, referralText } from '@pointbook/shared/policy-words/referral'
import { rivalsText, ruleText } from '@pointbook/shared/policy-words/rule'
import { downgradeText, tierText, windowText } from '@pointbook/shared/policy-words/tiers'
import { offsetText } from '@pointbook/shared/policy-words/using'
import { describe, expect, it } from 'vitest'
import { aPolicy, aRule, tiersOf } from '../../support/policies.ts'

const known = { tier: (id: string) => `${id}卡`, store: (id: number) => `${id}号店` }
const names = memberNames(known)

const saturday: Condition = { type: 'weekday', days: [6] }
const online: Condition = { type: 'channel', channels: ['online', 'mini-program'] }

describe('a condition', () => {
  it.each<[Condition, string]>([
    [{ type: 'hours', fromMinute: 840, untilMinute: 1_020 }, '14:00 至 17:00'],
    [{ type: 'hours', fromMinute: 1_320, untilMinute: 120 }, '22:00 至次日 2:00'],
    [{ type: 'month-day', days: [28, 8, 18] }, '每月 8、18、28 日'],
    [{ type: 'dates', from: '2026-11-11', until: '2026-11-11' }, '2026年11月11日当天'],
    [{ type: 'payment', methods: ['wechat', 'cash'] }, '限微信、现金支付'],
    [online, '限网店、小程序消费'],
    [{ type: 'nth-purchase', n: 5, every: true }, '每第 5 次消费'],
    [{ type: 'nth-purchase', n: 2, every: false }, '第 2 次消费'],
    [{ type: 'member-for', days: 30 }, '入会满 30 天'],
    [{ type: 'tier', tierIds: ['金', '银'] }, '限金卡、银卡'],
    [{ type: 'not', of: { type: 'store', storeIds: [2] } }, '2号店除外'],
    [{ type: 'any', of: [saturday, online] }, '每周六或网店、小程序消费'],
    [
      { type: 'any', of: [{ type: 'all', of: [saturday, online] }, { type: 'first-purchase' }] },
      '（每周六且网店、小程序消费）或首次消费',
    ],
    [{ type: 'not', of: { type: 'any', of: [saturday, { type: 'first-purchase' }] } }, '（每周六或首次消费）除外'],
  ])('%o reads %s', (condition, text) => {
    expect(conditionText(condition, names)).toBe(text)
  })

  it('names tags to the merchant, and never to a member', () => {
    const tags: Condition = { type: 'tag', tags: ['熟客', '高价值'] }
    expect(conditionText(tags, names)).toBe('限受邀会员')
    expect(conditionText(tags, merchantNames(known))).toBe('限有标签「熟客」「高价值」的会员')
  })
})

it.each<[Partial<EarningRule>, string]>([
  [{ trigger: 'review' }, '发表评价并经门店确认，送 20 分'],
  [{ trigger: 'share' }, '分享带来新会员，送 20 分'],
  [{ trigger: 'event', event: 'gym' }, '完成指定行为并经门店确认，送 20 分'],
  [{ gift: { type: 'percent', percentBp: 1_000 } }, '按消费金额的 10% 得积分'],
  [{ gift: { type: 'step', points: 1, perFen: 10_00 } }, '每满 10 元得 1 分'],
  [
    { caps: { day: 50, month: 500, member: 1_000, budget: 100_000 } },
    '送 20 分，每天最多 50 分，每月最多 500 分，每人最多 1,000 分，总共 100,000 分，送完为止',
  ],
])('a rule with %o reads %s', (rule, text) => {
  expect(ruleText(aRule({ gift: { type: 'fixed', points: 20 }, ...rule }), names)).toBe(text)
})

it('names the other rules of a group, and which of them counts', () => {
  const gift = { type: 'fixed', points: 1 } as const
  const [one, two] = [
    aRule({ id: 'a', name: '甲', gift, group: 'g' }),
    aRule({ id: 'b', name: '乙', gift, group: 'g' }),
  ]
  const among = (mode: 'add' | 'best' | 'exclusive') =>
    rivalsText(one, { rules: [one, two], groups: [{ id: 'g', name: '组', mode }] })
  expect([among('add'), among('best'), among('exclusive')]).toEqual([
    '',
    '与「乙」不同享，只取最多的一项',
    '与「乙」不同享，只按排在前面的一项',
  ])
})

it('describes the amount that earns, the rounding and the first usable day', () => {
  const basis = { delivery: false, coupons: false, pointsPaid: true, storedValue: true }
  expect(basisText({ basis })).toBe('运费、用优惠券抵扣的部分不积分')
  expect(roundingText({ rounding: 'nearest', roundEach: 'receipt' })).toBe(
    '整单合计算出的积分，不足 1 分的部分四舍五入',
  )
  expect(pendingText({ until: 'days', days: 7 })).toBe('消费后 7 天可用')
  expect(pendingText({ until: 'confirmed', days: 0 })).toBe('确认收货后可用')
  expect(pendingText({ until: 'confirmed', days: 15 })).toBe('确认收货后可用，最迟在消费后 15 天')
})

it.each<[Life, string]>([
  [{ type: 'never' }, '永久有效'],
  [{ type: 'month-end', months: 12 }, '到获得后第 12 个月的最后一天有效'],
  [{ type: 'year-end', years: 1, graceMonths: 0 }, '到获得次年的 12 月 31 日有效'],
  [
    { type: 'year-end', years: 0, graceMonths: 3 },
    '到获得当年的 12 月 31 日有效，之后再宽限 3 个月，到 3 月的最后一天',
  ],
])('a life of %o reads %s', (life, text) => {
  expect(lifeText(life)).toBe(text)
})

it('describes other validity and extensions (C4, C5, C12)', () => {
  const bySource = [{ sources: ['check-in' as const, 'review' as const], life: { type: 'days', days: 90 } as const }]
  expect(otherLives({ bySource })).toEqual(['签到、评价的积分自获得起 90 天内有效'])
  const by = ['purchase' as const, 'check-in' as const]
  expect(extensionText({ type: 'activity', by, withinMonths: 3, addMonths: 6 })).toBe(
    '到期前 3 个月内有消费或签到，有效期延长 6 个月',
  )
  expect(extensionText({ type: 'renewal', by, months: 12 })).toBe(
    '每次消费或签到，还有效的积分都延长到这一天之后 12 个月',
  )
})

it('describes the offset (D7)', () => {
  const offset = { pointsPerYuan: 100, minimumPoints: 200, stepPoints: 100, maximumShareBp: 5_000 }
  expect(offsetText(offset)).toBe('100 分抵 1 元，至少用 200 分，每次按 100 分的整数倍使用，最多抵订单的 50%')
  expect(offsetText({ ...offset, minimumPoints: 0, stepPoints: 1 })).toBe('100 分抵 1 元，最多抵订单的 50%')
})

it('describes the points of check-ins, streaks and make-ups (B10, B24)', () => {
  expect(schemeText({ type: 'growing', from: 5, step: 2, most: 15 })).toBe(
    '签到得 5 分，连续签到每天多 2 分，最多 15 分',
  )
  expect(schemeText({ type: 'cycle', days: [1, 2, 10] })).toBe('每 3 天一轮，依次得 1、2、10 分')
  expect(
    extrasText({
      extras: [
        { days: 7, points: 10 },
        { days: 3, points: 5 },
      ],
      cycleDays: 0,
    }),
  ).toBe('连续 3 天再送 5 分，连续 7 天再送 10 分')
  expect(makeUpText({ price: 20, daysBack: 7, perMonth: 3 })).toBe(
    '漏签一天，连续天数从头开始计；7 天以内的可以补签，每次 20 分，每月最多 3 次',
  )
})

it('describes the rewards of invitations and their limit (B11, B24)', () => {
  const { referral } = aPolicy()
  expect(referralText({ ...referral, when: 'registration' })).toBe(
    '好友通过您的邀请注册会员后，您得 20 分，好友得 10 分',
  )
  expect(referralText({ ...referral, minimumFen: 50_00, withinDays: 30, inviteePoints: 0 })).toBe(
    '好友通过您的邀请注册并在 30 天内首次单笔消费满 50 元后，您得 20 分',
  )
  expect(referralText({ ...referral, enabled: false })).toBe('邀请有礼活动暂未开放')
  expect(referralLimitText({ perMonth: 5, perInviter: 50 })).toBe('每月最多 5 位，总共最多 50 位')
})

it('describes how a tier is reached and lost (F3)', () => {
  expect(windowText(tiersOf([], { measure: 'purchases', window: 'rolling' }))).toBe('按最近 12 个月的消费次数计算')
  expect(windowText(tiersOf([], { measure: 'spend', window: 'calendar-year' }))).toBe(
    '按当年 1 月 1 日起的消费金额计算',
  )
  expect(tierText({ from: 5_000_00, multiplierBp: 15_000 }, 'spend')).toBe('满 5,000 元，消费积分 ×1.5')
  expect(downgradeText({ downgrade: 'one', graceDays: 30 })).toBe('不再达到时，先保留 30 天，之后降一级')
  expect(downgradeText({ downgrade: 'never', graceDays: 0 })).toBe('升级后不会降级')
})
