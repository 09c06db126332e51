import {
  banded,
  checkingIn,
  earningBy,
  fixed,
  memberDay,
  offsetting,
  only,
  perUnit,
  policyOf,
  rate,
  referring,
  rule,
  tier,
  tiersOf,
  WEDNESDAY,
  welcoming,
} from './make.ts'

const rules = [
  rule({ id: 'base', name: '消费积分', gift: rate(1, 1) }),
  rule({
    id: 'bands',
    name: '大单加倍',
    gift: banded([100, 1.5], [200, 2]),
  }),
  rule({
    id: 'coffee',
    name: '咖啡加分',
    scope: only({ categories: ['咖啡'] }),
    gift: perUnit(5),
  }),
  memberDay(WEDNESDAY),
  rule({ id: 'first-purchase', name: '首次消费礼', conditions: [{ type: 'first-purchase' }], gift: fixed(30) }),
  welcoming(50),
]

const levels = [
  tier('basic', '普通会员', 0, 1),
  tier('silver', '银卡会员', 500, 1.1, [
    { class: 'shopping', type: 'birthday-gift', name: '生日双周礼遇', text: '生日前后两周到店，赠小甜点一份' },
    { class: 'service', type: 'dedicated-service', name: '专属客服', text: '服务电话优先接听' },
  ]),
  tier('gold', '金卡会员', 2_000, 1.2, [
    { class: 'shopping', type: 'priority', name: '新品优先购', text: '新品上市前三天可先到店购买' },
    { class: 'service', type: 'custom', name: '免费续杯', text: '现制饮品当天可续一杯' },
    { class: 'value-added', type: 'custom', name: '品鉴活动', text: '每季度一次，可带一位朋友' },
  ]),
  tier('diamond', '钻石会员', 5_000, 1.5, [
    { class: 'shopping', type: 'custom', name: '限量款预留', text: '限量商品为您预留七天' },
    { class: 'service', type: 'dedicated-service', name: '专属店长', text: '一对一服务，随时联系' },
    { class: 'value-added', type: 'custom', name: '年度礼盒', text: '每年一份，到店领取' },
  ]),
]

/** A café chain that rewards every purchase, larger ones more: what a new shop starts from. */
export const demoPolicy = policyOf({
  name: '咖啡店会员积分',
  earning: earningBy(rules),
  offset: offsetting(100, 5_000),
  checkIn: checkingIn(),
  referral: referring(),
  tiers: tiersOf(levels, { window: 'rolling' }),
})
