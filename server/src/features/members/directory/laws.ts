/** A law that demands that something is kept although the member has left. */
export interface Law {
  /** The law and its article. */
  name: string
  /** What it demands, in words for the member. */
  why: string
  /** How long it must be kept at least: since the record was made, or, for the books, since the end of its year. */
  until: string
}

/**
 * What is kept when a member leaves, and by which law. Everything else is erased (个人信息保护法 47; 电子商务法 24). What is kept
 * is no longer tied to a person: name, phone, WeChat account, birthday and address are erased, and only the member number stays.
 */
export const laws = {
  // 财政部、国家档案局令第 79 号，附表 1：会计凭证、会计账簿 30 年。
  accounting: {
    name: '《会计档案管理办法》第十四条、附表一',
    why: '积分是商家的负债，每一笔都记在账上，账簿和凭证不能删改',
    until: '会计年度结束后 30 年',
  },
  transactions: {
    name: '《电子商务法》第三十一条',
    why: '商品和交易的记录要保存完整，退货和售后也要用到',
    until: '交易完成后至少 3 年',
  },
  // Who processes data has to prove the consent; a claim for damages ends after three years (民法典 188).
  consent: {
    name: '《个人信息保护法》第十四条、第六十九条',
    why: '处理信息要经同意，商家要能证明同意过、什么时候撤回的',
    until: '注销后 3 年',
  },
  // The article on the obligations of network operators: 21 of the law of 2017, which the revision of 2025 has renumbered.
  log: {
    name: '《网络安全法》关于网络日志的规定',
    why: '操作日志用来查明是谁在什么时候做了什么',
    until: '至少 6 个月',
  },
} as const satisfies Record<string, Law>

export type LawId = keyof typeof laws
