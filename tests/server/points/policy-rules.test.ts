import { demoPolicy } from '@pointbook/config/policies/demo'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPolicy, aRule, earningBy, living } from '../../support/policies.ts'
import { aWorld, publish, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

it('shows everybody the policy in force, in sentences', async () => {
  const store = await world.aStore('人民广场店')
  const nothing = { categories: [], brands: [], skus: [] }
  const rules = [
    ...demoPolicy.earning.rules,
    aRule({
      id: 'autumn',
      name: '秋季满赠',
      from: '2026-09-01',
      until: '2026-11-30',
      conditions: [
        { type: 'amount-at-least', amountFen: 88_80 },
        { type: 'amount-below', amountFen: 500_00 },
        { type: 'tier', tierIds: ['silver', 'gold'] },
        { type: 'store', storeIds: [store] },
        { type: 'birthday', within: 'month' },
      ],
      scope: { only: { ...nothing, brands: ['自有'] }, except: { ...nothing, skus: ['礼品卡'] } },
      gift: { type: 'fixed', points: 1_500 },
      group: 'gift',
    }),
    aRule({ id: 'spring', name: '春季满赠', gift: { type: 'fixed', points: 10 }, group: 'gift' }),
    aRule({ id: 'over', name: '去年的活动', until: '2025-12-31', gift: { type: 'fixed', points: 10 } }),
    aRule({ id: 'off', name: '没启用的', enabled: false, gift: { type: 'fixed', points: 10 } }),
  ]
  const { body } = await publish(admin, {
    ...demoPolicy,
    earning: { ...demoPolicy.earning, groups: [{ id: 'gift', name: '满赠', mode: 'best' }], rules },
  })
  const answer = await world.anyone().call('GET /rules')
  expect(answer).toMatchObject({ policyVersion: body.version, since: body.effectiveAt })
  expect(answer.offers).toEqual(['purchase', 'check-in', 'streak', 'referral', 'reminder'])
  expect(answer.sections.map(({ title }) => title)).toEqual([
    '怎么得积分',
    '签到',
    '邀请',
    '会员等级',
    '有效期',
    '怎么用',
    '退货',
  ])
  const lines = Object.fromEntries(answer.sections.flatMap((one) => one.lines.map(({ label, text }) => [label, text])))
  expect(lines).toMatchObject({
    注册礼: '成为会员，送 50 分',
    消费积分: '每消费 1 元得 1 分',
    大单加倍: '单笔满 100 元积分 ×1.5，单笔满 200 元积分 ×2',
    咖啡加分: '限「咖啡」，每件再得 5 分',
    会员日双倍: '每周三，积分 ×2',
    首次消费礼: '首次消费，送 30 分',
    秋季满赠:
      '2026年9月1日至2026年11月30日，单笔满 88.80 元，单笔不到 500 元，限银卡会员、金卡会员，限人民广场店，生日当月，限「自有」，「礼品卡」不参加，送 1,500 分，与「春季满赠」不同享，只取最多的一项',
    连续签到: '连续 3 天再送 5 分，连续 7 天再送 10 分，每满 7 天重新开始计',
    奖励: '好友通过您的邀请注册并完成首次消费后，您得 20 分，好友得 10 分',
    说明: '只转发分享不会得到积分；好友退掉得奖的那笔消费，奖励会收回，再有符合条件的消费会重新发放；疑似自己邀请自己的，核实后再发放',
    普通会员: '注册即是',
    金卡会员: '满 2,000 分，消费积分 ×1.2；购物：新品优先购；服务：免费续杯；增值：品鉴活动',
    有效期: '自获得起 12 个月内有效',
    到期提醒: '到期前 7 天提醒，满 10 分才提醒',
    抵现金: '100 分抵 1 元，至少用 100 分，每次按 100 分的整数倍使用，最多抵订单的 50%',
    抵现的积分: '按退款的比例退回，有效期不变',
    积分已用掉: '这些积分已经用掉的，记为欠分，由以后获得的积分先抵还',
  })
  expect(lines).not.toHaveProperty('去年的活动')
  expect(lines).not.toHaveProperty('没启用的')
})

it('leaves out features that the shop does not use', async () => {
  const { checkIn, referral } = aPolicy()
  await publish(
    admin,
    aPolicy({
      earning: earningBy(aPolicy().earning.rules.slice(0, 1)),
      checkIn: { ...checkIn, enabled: false },
      referral: { ...referral, enabled: false },
      expiry: living({ type: 'never' }),
      returns: 'clamp',
    }),
  )
  const { offers, sections } = await world.anyone().call('GET /rules')
  expect(offers).toEqual(['purchase'])
  expect(sections.map(({ key }) => key)).toEqual(['earn', 'expiry', 'use', 'returns'])
  expect(sections.find(({ key }) => key === 'expiry')!.lines).toEqual([{ label: '有效期', text: '永久有效' }])
  const labels = sections.flatMap(({ lines }) => lines.map(({ label }) => label))
  expect(labels.filter((label) => label.startsWith('抵现'))).toEqual([])
})
