/** What an account of the panel may be allowed to do, in the order of the menu. `panel.use` belongs to every account. */
const texts = {
  'panel.use': '登录后台',
  'dashboard.read': '看经营概览',
  'members.read': '看会员和流水',
  'members.reveal': '看完整手机号（每次留痕）',
  'members.edit': '改会员资料、标签和会员卡',
  'members.standing': '冻结和解冻会员',
  'members.identity': '换绑手机和微信，合并档案',
  'privacy.handle': '导出会员资料，处理注销申请',
  'points.adjust': '调整积分、延长有效期、记录行为',
  'tiers.grant': '授予和结束等级',
  'purchases.correct': '确认消费和退货',
  'policy.read': '看积分规则',
  'policy.edit': '改规则草稿和试算',
  'policy.publish': '发布积分规则',
  'mall.read': '看积分商城',
  'mall.edit': '改商品和库存',
  'coupons.read': '看优惠券',
  'coupons.edit': '新建和修改优惠券',
  'coupons.grant': '发放和作废优惠券',
  'orders.read': '看兑换订单',
  'orders.handle': '交付和取消兑换订单',
  'announcements.read': '看公告',
  'announcements.edit': '写公告和撤下公告',
  'cases.read': '看异常、调查与补偿',
  'cases.handle': '开展调查，收回积分',
  'compensations.make': '发放补偿',
  'referrals.review': '审核邀请奖励',
  'staff.read': '看员工',
  'staff.edit': '安排员工',
  'stores.edit': '新增和修改门店',
  'audit-log.read': '看审计日志',
  'books.read': '看积分负债，核对账目',
  'api-keys.read': '看开放接口',
  'api-keys.edit': '新建和停用接口密钥',
  'approvals.decide': '审批别人的申请（还要有那项操作本身的权限）',
  'settings.read': '看设置',
  'settings.edit': '改设置，生成卡号',
  'accounts.manage': '管理后台账号和角色',
} as const

export type Permission = keyof typeof texts

export const permissions = Object.keys(texts) as Permission[]

export const permissionText = (permission: Permission): string => texts[permission]

const reading = permissions.filter((permission) => permission.endsWith('.read'))

/** What a role of the shop's own may contain: whoever manages accounts could allow themselves everything. */
export const grantable = permissions.filter((name) => name !== 'panel.use' && name !== 'accounts.manage')

interface Role {
  text: string
  hint: string
  permissions: readonly Permission[]
}

/** The roles that every shop has. */
export const builtInRoles = {
  owner: { text: '店主', hint: '什么都可以做，包括管理账号', permissions },
  manager: {
    text: '经理',
    hint: '除账号和接口密钥外，什么都可以做',
    permissions: permissions.filter((name) => name !== 'accounts.manage' && name !== 'api-keys.edit'),
  },
  lead: {
    text: '店员主管',
    hint: '管所属门店的员工、兑换订单和退货，审批店员的消费',
    permissions: [
      ...['members.read', 'staff.read', 'staff.edit', 'orders.read', 'orders.handle', 'purchases.correct'],
      'approvals.decide',
    ] as Permission[],
  },
  finance: {
    text: '财务',
    hint: '看经营数据、负债、账目和日志，不能改动',
    permissions: [
      ...['dashboard.read', 'members.read', 'policy.read', 'mall.read', 'coupons.read', 'orders.read', 'cases.read'],
      ...['audit-log.read', 'books.read'],
    ] as Permission[],
  },
  service: {
    text: '客服',
    hint: '帮会员改资料、换绑、退货，处理订单',
    permissions: [
      ...[
        'members.read',
        'members.reveal',
        'members.edit',
        'members.identity',
        'purchases.correct',
        'policy.read',
        'mall.read',
        'coupons.read',
      ],
      ...['orders.read', 'orders.handle', 'announcements.read', 'cases.read', 'referrals.review'],
    ] as Permission[],
  },
  reader: { text: '只读', hint: '什么都能看，什么都不能改', permissions: reading },
} as const satisfies Record<string, Role>

export type BuiltInRole = keyof typeof builtInRoles
