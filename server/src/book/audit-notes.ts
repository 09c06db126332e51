import type { Blame, Subject } from './audit-member.ts'
import type { AuditPart } from './audit-part.ts'

const ledgerChecks = {
  balances: ['余额', '每位会员的余额，等于历次变动之和，也等于各批积分的剩余之和'],
  chain: ['流水', '每位会员的流水序号连续，每笔变动后的余额都对得上'],
  lots: ['批次', '每批积分的剩余等于获得减去使用，不为负，过期数与到期流水一致'],
  draws: ['去向', '每笔变动都落到具体批次，没有凭空增减'],
  debts: ['欠分', '每位会员的欠分等于各笔欠分之和，不为负'],
  lifetimes: ['累计', '每位会员的累计使用、累计过期和消费次数与流水一致'],
  seals: ['封印', '每笔流水的封印完好，没有人绕过系统改过数据'],
  identity: ['总账', '发放 + 调整 = 使用 + 过期 + 收回 + 会员手中的积分'],
} as const satisfies Record<Subject | 'identity', readonly [title: string, text: string]>

type LedgerCheck = keyof typeof ledgerChecks

const MOST_FAULTS = 50

/** The findings of an audit so far. */
export interface Notes {
  blame: Blame<LedgerCheck>
  /** Of a feature's part. */
  blameIn(part: string): (fault: string) => void
  count(check: string, rows: number): void
  listed(): { id: string; title: string; text: string; passed: boolean; checked: number; faults: string[] }[]
}

/** Lists the first faults of each check and counts all. The sum over the whole shop is listed last. */
export function newNotes(parts: readonly AuditPart[]): Notes {
  const { identity, ...ofMembers } = ledgerChecks
  const named = (id: string, [title, text]: readonly [string, string]) => ({ id, title, text })
  const checks = [
    ...Object.entries(ofMembers).map(([id, words]) => named(id, words)),
    ...parts.map(({ id, title, text }) => ({ id, title, text })),
    named('identity', identity),
  ]
  const tallies = new Map(checks.map(({ id }) => [id, { checked: 0, faults: [] as string[], more: 0 }]))
  const blame = (check: string, fault: string) => {
    const tally = tallies.get(check)!
    if (tally.faults.length < MOST_FAULTS) tally.faults.push(fault)
    else tally.more += 1
  }
  return {
    blame,
    blameIn: (part) => (fault) => blame(part, fault),
    count: (check, rows) => {
      tallies.get(check)!.checked += rows
    },
    listed: () =>
      checks.map(({ id, title, text }) => {
        const { checked, faults, more } = tallies.get(id)!
        const sentence = more > 0 ? `${text}（另有 ${more} 处未列出）` : text
        return { id, title, text: sentence, passed: faults.length === 0, checked, faults }
      }),
  }
}
