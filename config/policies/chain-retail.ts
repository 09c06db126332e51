import type { Day } from '@pointbook/shared/day'
import {
  buying,
  checkingIn,
  earningBy,
  fixed,
  memberDay,
  nextWeekday,
  noCaps,
  only,
  type Preset,
  perUnit,
  policyOf,
  rate,
  rising,
  rule,
  THURSDAY,
  tier,
  tiersOf,
  WEDNESDAY,
} from './make.ts'

/** A chain of shops: 10 yuan = 1 point, and each act its own value (B25); higher tiers earn faster (B26, F4). */
export function chainRetail(today: Day): Preset {
  const lines = [
    { name: '洗发水', category: '洗护', brand: '自有品牌', quantity: 2, amountFen: 98_00 },
    { name: '面膜', category: '美妆', brand: '合作品牌', quantity: 1, amountFen: 122_00 },
  ]
  const on = nextWeekday(today, THURSDAY)
  return {
    key: 'chain-retail',
    name: '连锁零售',
    audience: '多门店的零售连锁，四级会员、自有品牌加分、会员日双倍',
    policy: policyOf({
      name: '连锁会员积分',
      earning: earningBy([
        rule({ id: 'base', name: '购物积分', gift: rate(1, 10) }),
        // Designated goods give many extra points (B14); which and how many is for the shop to choose.
        rule({
          id: 'own-brand',
          name: '自有品牌加分',
          scope: only({ brands: ['自有品牌'] }),
          gift: perUnit(5),
        }),
        memberDay(WEDNESDAY),
        // Review, share and questionnaire have each their own value (B25), which the article leaves open.
        rule({ id: 'review', name: '商品评价', trigger: 'review', gift: fixed(5), caps: { ...noCaps, day: 25 } }),
        rule({ id: 'share', name: '分享链接', trigger: 'share', gift: fixed(10), caps: { ...noCaps, day: 50 } }),
        rule({ id: 'survey', name: '问卷', trigger: 'activity', event: 'survey', gift: fixed(20) }),
        rule({ id: 'birthday', name: '生日礼', trigger: 'birthday', gift: fixed(50) }),
      ]),
      checkIn: checkingIn({ scheme: { type: 'fixed', points: 1 }, extras: [{ days: 7, points: 5 }] }),
      tiers: tiersOf(
        rising(
          tier('basic', '普通会员', 0, 1),
          tier('silver', '银卡会员', 200, 1.1, [
            { class: 'shopping', type: 'birthday-gift', name: '生日礼', text: '生日当月到店领取' },
          ]),
          tier('gold', '金卡会员', 1_000, 1.2, [
            { class: 'shopping', type: 'priority', name: '优先购买', text: '限量商品优先购买' },
          ]),
          tier('diamond', '钻石会员', 3_000, 1.5, [
            { class: 'shopping', type: 'discount', name: '专属折扣', text: '指定商品专享折扣' },
          ]),
        ),
        { window: 'rolling' },
      ),
    }),
    examples: [
      buying('一单 220 元', lines, { on }),
      buying('周三会员日同样一单', lines, { on: nextWeekday(today, WEDNESDAY) }),
      buying('钻石会员同样一单', lines, { on, tierId: 'diamond' }),
    ],
  }
}
