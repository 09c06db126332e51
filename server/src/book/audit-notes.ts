import type { Blame, Subject } from './audit-member.ts'
import type { CrossSubject } from './audit-subjects.ts'

const checks = {
  balances: ['余额', '每位会员的余额，等于历次变动之和，也等于各批积分的剩余之和'],
  chain: ['流水', '每位会员的流水序号连续，每笔变动后的余额都对得上'],
  lots: ['批次', '每批积分的剩余等于获得减去使用，不为负，过期数与到期流水一致'],
  draws: ['去向', '每笔变动都落到具体批次，没有凭空增减'],
  debts: ['欠分', '每位会员的欠分等于各笔欠分之和，不为负'],
  lifetimes: ['累计', '每位会员的累计使用、累计过期和消费次数与流水一致'],
  seals: ['封印', '每笔流水的封印完好，没有人绕过系统改过数据'],
  members: ['会员', '每个积分账户都有会员资料，每位会员都有积分账户'],
  purchases: ['消费', '每张小票的积分与流水一致，一张小票对应一笔流水，券、储值、抵现的金额和退回的积分都对得上'],
  merges: ['会员合并', '转入的每批积分都来自被合并的会员，分数与有效期一致，转入等于转出'],
  orders: ['兑换订单', '每个订单扣的积分与流水一致，取消的都已退回'],
  stock: ['库存', '每件商品的已兑数等于未取消订单的件数，库存不为负'],
  identity: ['总账', '发放 + 调整 = 使用 + 过期 + 收回 + 会员手中的积分'],
} as const satisfies Record<Subject | CrossSubject | 'identity', readonly [title: string, text: string]>

type Check = keyof typeof checks

const MOST_FAULTS = 50

/** What an audit has found so far. */
export interface Notes {
  blame: Blame<Check>
  count(check: Check, rows: number): void
  listed(): { id: Check; title: string; text: string; passed: boolean; checked: number; faults: string[] }[]
}

/** Of each check the first faults are named, and all are counted. */
export function newNotes(): Notes {
  const ids = Object.keys(checks) as Check[]
  const tallies = new Map(ids.map((id) => [id, { checked: 0, faults: [] as string[], more: 0 }]))
  return {
    blame: (check, fault) => {
      const tally = tallies.get(check)!
      if (tally.faults.length < MOST_FAULTS) tally.faults.push(fault)
      else tally.more += 1
    },
    count: (check, rows) => {
      tallies.get(check)!.checked += rows
    },
    listed: () =>
      ids.map((id) => {
        const [title, text] = checks[id]
        const { checked, faults, more } = tallies.get(id)!
        const told = more > 0 ? `${text}（另有 ${more} 处未列出）` : text
        return { id, title, text: told, passed: faults.length === 0, checked, faults }
      }),
  }
}
