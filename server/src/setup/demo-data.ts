/** The demo shop. All names and numbers are fictional. */
export const shop = {
  name: '云朵咖啡',
  notice: '点单时请出示会员码，积分记到您名下',
  servicePhone: '400-000-0000',
  cards: true,
}

export const stores = [
  { name: '人民广场店', address: '黄浦区西藏中路 88 号 1 层', hours: '07:30–22:00' },
  { name: '滨江店', address: '浦东新区滨江大道 266 号', hours: '08:00–21:30' },
  { name: '大学路店', address: '杨浦区大学路 128 号', hours: '08:00–23:00' },
]

interface DemoItem {
  picture: string
  name: string
  category: string
  points: number
  worthFen: number
  stock: number
  limitPerMember: number | null
  description: string
}

export const items: DemoItem[] = [
  {
    picture: 'latte',
    name: '任选拿铁一杯',
    category: '饮品',
    points: 300,
    worthFen: 32_00,
    stock: 120,
    limitPerMember: null,
    description: '中杯任选拿铁，冷热皆可，可加浓缩一份。',
  },
  {
    picture: 'cake',
    name: '巴斯克芝士蛋糕',
    category: '甜点',
    points: 200,
    worthFen: 28_00,
    stock: 46,
    limitPerMember: 4,
    description: '每日现烤，外焦里嫩，冷藏后风味更佳。',
  },
  {
    picture: 'coupon',
    name: '满 50 减 10 代金券',
    category: '优惠券',
    points: 100,
    worthFen: 10_00,
    stock: 500,
    limitPerMember: 10,
    description: '到店消费满 50 元立减 10 元，一单一张。',
  },
  {
    picture: 'cup',
    name: '云朵随行杯',
    category: '生活',
    points: 800,
    worthFen: 89_00,
    stock: 35,
    limitPerMember: 2,
    description: '350 毫升双层不锈钢，保温六小时，自带杯点单再减 3 元。',
  },
  {
    picture: 'tote',
    name: '厚磅帆布袋',
    category: '生活',
    points: 500,
    worthFen: 59_00,
    stock: 60,
    limitPerMember: 2,
    description: '16 安厚帆布，内有拉链夹层，可装 15 寸电脑。',
  },
  {
    picture: 'towel',
    name: '纯棉毛巾',
    category: '生活',
    points: 500,
    worthFen: 39_00,
    stock: 80,
    limitPerMember: null,
    description: '新疆长绒棉，34×74 厘米，吸水不掉毛。',
  },
  {
    picture: 'beans',
    name: '埃塞俄比亚咖啡豆 250 克',
    category: '咖啡',
    points: 900,
    worthFen: 98_00,
    stock: 24,
    limitPerMember: 2,
    description: '水洗耶加雪菲，柑橘与茉莉花香，中浅烘焙。',
  },
  {
    picture: 'umbrella',
    name: '晴雨两用伞',
    category: '生活',
    points: 680,
    worthFen: 79_00,
    stock: 18,
    limitPerMember: 1,
    description: '黑胶防晒 UPF50+，八骨抗风。',
  },
  {
    picture: 'gift',
    name: '咖啡豆礼盒',
    category: '咖啡',
    points: 1500,
    worthFen: 168_00,
    stock: 8,
    limitPerMember: 1,
    description: '三支产地豆各 100 克，附手写风味卡。',
  },
  {
    picture: 'kettle',
    name: '手冲壶套装',
    category: '生活',
    points: 2000,
    worthFen: 239_00,
    stock: 3,
    limitPerMember: 1,
    description: '细口壶、滤杯与滤纸一套，在家也能冲好咖啡。',
  },
]

export const instructions = '兑换后凭取货码到所选门店领取；领取前可以在订单里取消，积分退回，到期日不变。'

export const regulars = [
  '苏晚晴',
  '顾知夏',
  '许星河',
  '宋时雨',
  '唐一诺',
  '韩清越',
  '秦可心',
  '陆明远',
  '姜予安',
  '叶知秋',
  '程木木',
  '谢安然',
  '方小圆',
  '罗子衿',
  '孟初夏',
  '白以沫',
  '江晚舟',
  '夏知了',
  '黎小满',
  '温如玉',
  '董青禾',
  '任我行',
  '贺南风',
  '钟灵秀',
]

export const menu = [
  { name: '拿铁', category: '咖啡', amountFen: 32_00 },
  { name: '美式', category: '咖啡', amountFen: 25_00 },
  { name: '燕麦拿铁', category: '咖啡', amountFen: 36_00 },
  { name: '手冲耶加雪菲', category: '咖啡', amountFen: 48_00 },
  { name: '可颂', category: '烘焙', amountFen: 18_00 },
  { name: '巴斯克蛋糕', category: '烘焙', amountFen: 28_00 },
  { name: '牛肉三明治', category: '轻食', amountFen: 38_00 },
  { name: '鸡胸沙拉', category: '轻食', amountFen: 46_00 },
  { name: '咖啡豆 250 克', category: '零售', amountFen: 98_00 },
  { name: '挂耳咖啡一盒', category: '零售', amountFen: 69_00 },
]
