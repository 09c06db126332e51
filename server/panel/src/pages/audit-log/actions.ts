const names: Record<string, string> = {
  'admin.log-in': '登录后台',
  'announcement.change': '公告',
  'case.open': '开始调查',
  'case.take': '收回积分',
  'case.decide': '调查结论',
  'case.publish': '公示结果',
  'compensation.make': '发放补偿',
  'clock.travel': '拨快时钟',
  'history.import': '导入历史',
  'member.standing': '冻结与解冻',
  'points.adjust': '调整积分',
  'points.extend': '延长有效期',
  'purchase.confirm': '确认消费',
  'settings.change': '修改设置',
  'store.add': '新增门店',
  'store.change': '修改门店',
  'staff.give': '安排员工',
  'staff.take': '取消职务',
  'item.add': '新增商品',
  'item.change': '修改商品',
  'item.stock': '调整库存',
  'order.cancel': '取消兑换',
  'order.hand-over': '交付商品',
  'policy.publish': '发布规则',
}

/** The name of a kind of action; one without a name here shows as the server calls it. */
export const actionText = (action: string) => names[action] ?? action
