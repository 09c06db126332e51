/** How a case can end for a member. */
export const decisions = {
  reinstated: '恢复会员',
  cancelled: '注销会员资格',
  cleared: '未发现问题',
} as const

export type Decision = keyof typeof decisions
