import { buying, earningBy, type Preset, policyOf, rate, rule } from './make.ts'

/** A hotel group: stays, dining and other services earn (B29), and a guest who returns keeps all points (C5). */
export const hotel: Preset = {
  key: 'hotel',
  name: '酒店集团',
  audience: '酒店、民宿，住宿和餐饮都积分，只要再来，积分就一直有效',
  policy: policyOf({
    name: '酒店会员积分',
    // The article gives no rate: 1 yuan = 1 point (B8).
    earning: earningBy([rule({ id: 'base', name: '住宿和消费积分', gift: rate(1, 1) })]),
    // A stay within the validity moves the end to one year after it (C5); so does a dinner, being a purchase as well.
    expiry: {
      life: { type: 'months', months: 12 },
      bySource: [],
      // The article speaks of stays: a purchase of a few fen is none.
      extension: { type: 'renewal', by: ['purchase'], months: 12, leastFen: 100_00 },
    },
  }),
  examples: [
    buying('出差住两晚', [
      { name: '豪华大床房', category: '住宿', quantity: 2, amountFen: 1_176_00 },
      { name: '西餐厅晚餐', category: '餐饮', quantity: 1, amountFen: 238_00 },
      { name: '洗衣', category: '服务', quantity: 1, amountFen: 60_00 },
    ]),
  ],
}
