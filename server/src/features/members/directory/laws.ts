/** How long a law demands that something is kept: since the member has left, or since the end of that year. */
export interface Term {
  years: number
  from: 'leaving' | 'year-end'
}

/** A law that demands that something is kept although the member has left. */
export interface Law {
  /** The law and its article. */
  name: string
  /** What it demands, in words for the member. */
  why: string
  /** The job `end-terms` ends what it is over for; null where a setting of the shop decides. */
  term: Term | null
  /** The term in words for the member. */
  until: string
}

/**
 * What is kept when a member leaves, by which law and for how long. Everything else is erased (个人信息保护法 47; 电子商务法 24).
 * What is kept is no longer tied to a person: name, phone, WeChat account, birthday and address are erased, and only the member
 * number stays. The parts say what becomes of each table at the end of its term.
 */
export const laws = {
  // 财政部、国家档案局令第 79 号，附表 1：会计凭证、会计账簿 30 年。
  accounting: {
    name: '《会计档案管理办法》第十四条、附表一',
    why: '积分是商家的负债，每一笔都记在账上，账簿和凭证不能删改',
    term: { years: 30, from: 'year-end' },
    until: '注销那年结束后 30 年，之后只剩认不出是谁的数字账目',
  },
  transactions: {
    name: '《电子商务法》第三十一条',
    why: '商品和交易的记录要保存完整，退货和售后也要用到',
    term: { years: 3, from: 'leaving' },
    until: '注销后 3 年，之后删除买了什么、取货码，只留金额和积分',
  },
  // Who processes data has to prove the consent; a claim for damages ends after three years (民法典 188).
  consent: {
    name: '《个人信息保护法》第十四条、第六十九条',
    why: '处理信息要经同意，商家要能证明同意过、什么时候撤回的',
    term: { years: 3, from: 'leaving' },
    until: '注销后 3 年',
  },
  // The article on the obligations of network operators: 21 of the law of 2017, which the revision of 2025 has renumbered.
  log: {
    name: '《网络安全法》关于网络日志的规定',
    why: '操作日志用来查明是谁在什么时候做了什么',
    term: null,
    until: '至少 6 个月',
  },
} as const satisfies Record<string, Law>

export type LawId = keyof typeof laws
