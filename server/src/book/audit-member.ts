import type { Account, Draw, Entry, Lot, Redate } from '../core/assets/posting.ts'
import { asOpened } from '../core/assets/redate.ts'
import { FIRST_SEAL, type Sealed, seal } from './seal.ts'

type AnyEntry = Sealed<Entry<string, unknown>>

/** All rows of one member and asset, each list sorted by number; `account` is null when it was removed. */
export interface MemberBook<A extends Account = Account, E extends AnyEntry = AnyEntry> {
  memberId: number
  account: Sealed<A> | null
  entries: E[]
  lots: Lot[]
  draws: Draw[]
  redates: Redate[]
  /** Numbers of the lots that are indexed under a wrong last day, or indexed although they are empty. */
  misfiled: number[]
}

export type Subject = 'balances' | 'chain' | 'debts' | 'lifetimes' | 'lots' | 'draws' | 'seals'

/** Records a fault of one check, in words that name the row. */
export type Blame<S extends string = Subject> = (subject: S, fault: string) => void

interface How {
  sealSecret: string
  sealedAs: string | null
  /** The change of the lifetime totals by merges. */
  carried: { spent: number; expired: number }
}

/** Checks one member's rows against each other and against their seals. */
export function auditMember(book: MemberBook, how: How, blame: Blame) {
  const { memberId, account } = book
  if (!account) return blame('balances', `会员 ${memberId}：有积分记录，但没有账户`)
  checkSums(book, account, how, (subject, fault) => blame(subject, `会员 ${memberId}：${fault}`))
  checkChain(book, account, blame)
  checkLots(book, blame)
  checkDates(book, blame)
  checkDraws(book, blame)
  checkSeals(book, account, how, blame)
}

const sum = <T>(rows: readonly T[], value: (row: T) => number): number =>
  rows.reduce((total, row) => total + value(row), 0)

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

const entryName = ({ memberId, seq }: AnyEntry) => `会员 ${memberId} 第 ${seq} 笔`

function checkSums({ entries, lots }: MemberBook, account: Account, { carried }: How, blame: Blame) {
  const { balance, debt, spent, expired } = account
  const moved = sum(entries, ({ delta }) => delta)
  const remaining = sum(lots, (lot) => lot.remaining)
  if (balance !== moved) blame('balances', `余额 ${balance}，各笔之和 ${moved}`)
  if (balance !== remaining) blame('balances', `余额 ${balance}，各批剩余之和 ${remaining}`)
  const owed = sum(entries, ({ debtDelta }) => debtDelta)
  if (debt !== owed || debt < 0) blame('debts', `欠分 ${debt}，各笔之和 ${owed}`)
  const takings = (...kinds: string[]) => -sum(entries, ({ kind, delta }) => (kinds.includes(kind) ? delta : 0))
  const spentSum = takings('spend', 'give-back') + carried.spent
  if (spent !== spentSum) blame('lifetimes', `累计使用 ${spent}，各笔之和 ${spentSum}`)
  const expiredSum = takings('expire') + carried.expired
  if (expired !== expiredSum) blame('lifetimes', `累计过期 ${expired}，各笔之和 ${expiredSum}`)
}

function checkChain({ memberId, entries }: MemberBook, account: Account, blame: Blame) {
  let seq = 0
  let balance = 0
  for (const entry of entries) {
    seq += 1
    if (entry.seq !== seq) blame('chain', `会员 ${memberId} 第 ${seq} 笔：缺失`)
    else if (entry.balanceAfter !== balance + entry.delta) blame('chain', `${entryName(entry)}：变动后余额不符`)
    seq = entry.seq
    balance = entry.balanceAfter
  }
  if (account.seq !== seq) blame('chain', `会员 ${memberId}：账户记到第 ${account.seq} 笔，流水只到第 ${seq} 笔`)
}

function checkLots({ memberId, entries, lots, draws }: MemberBook, blame: Blame) {
  const kinds = new Map(entries.map(({ seq, kind }) => [seq, kind]))
  const drawnFrom = groupBy(draws, ({ lotSeq }) => lotSeq)
  for (const lot of lots) {
    const name = `会员 ${memberId} 第 ${lot.seq} 批`
    const own = drawnFrom.get(lot.seq) ?? []
    const left = lot.amount - sum(own, ({ amount }) => amount)
    const ranOut = sum(own, ({ entrySeq, amount }) => (kinds.get(entrySeq) === 'expire' ? amount : 0))
    if (!kinds.has(lot.seq)) blame('lots', `${name}：没有对应的流水`)
    if (lot.remaining !== left || left < 0) blame('lots', `${name}：剩余 ${lot.remaining}，按去向应为 ${left}`)
    if (lot.expired !== ranOut) blame('lots', `${name}：过期 ${lot.expired}，按去向应为 ${ranOut}`)
  }
}

/** A lot's dates are those it was opened with, which its seal proves, or those it was moved to last, one move joining the other. */
function checkDates({ memberId, lots, redates, misfiled }: MemberBook, blame: Blame) {
  for (const seq of misfiled) blame('lots', `会员 ${memberId} 第 ${seq} 批：到期排期和剩余积分、有效期对不上`)
  const redatesOf = groupBy(redates, ({ lotSeq }) => lotSeq)
  for (const lot of lots) {
    const steps = (redatesOf.get(lot.seq) ?? []).toSorted((a, b) => a.entrySeq - b.entrySeq)
    const joined = steps.every(
      ({ usableOn, expiresOn }, at) =>
        usableOn === (steps[at + 1]?.usableFrom ?? lot.usableOn) &&
        expiresOn === (at + 1 < steps.length ? steps[at + 1]!.expiresFrom : lot.expiresOn),
    )
    if (!joined) blame('lots', `会员 ${memberId} 第 ${lot.seq} 批：有效日期与历次延期不符`)
  }
}

function checkDraws({ memberId, entries, lots, draws }: MemberBook, blame: Blame) {
  const opened = new Map(lots.map(({ seq, amount }) => [seq, amount]))
  const drawnBy = groupBy(draws, ({ entrySeq }) => entrySeq)
  for (const entry of entries) {
    const drawn = sum(drawnBy.get(entry.seq) ?? [], ({ amount }) => amount)
    const inLots = (opened.get(entry.seq) ?? 0) - drawn
    if (entry.delta !== inLots) blame('draws', `${entryName(entry)}：变动 ${entry.delta}，批次里变动 ${inLots}`)
    drawnBy.delete(entry.seq)
  }
  for (const seq of drawnBy.keys()) blame('draws', `会员 ${memberId} 第 ${seq} 笔：批次有变动，但没有这笔流水`)
  for (const draw of draws.filter(({ lotSeq }) => !opened.has(lotSeq)))
    blame('draws', `会员 ${memberId} 第 ${draw.entrySeq} 笔：用了不存在的第 ${draw.lotSeq} 批`)
}

/**
 * Each entry is checked against the stored seal before it, so that a fault is reported for that entry only and not for all later
 * ones.
 */
function checkSeals(
  { memberId, entries, lots, draws, redates }: MemberBook,
  account: Sealed<Account>,
  { sealSecret: secret, sealedAs }: How,
  blame: Blame,
) {
  const redatesOf = groupBy(redates, ({ lotSeq }) => lotSeq)
  const opened = new Map(lots.map((lot) => [lot.seq, asOpened(lot, redatesOf.get(lot.seq) ?? [])]))
  const redatedBy = groupBy(redates, ({ entrySeq }) => entrySeq)
  const drawnBy = groupBy(draws, ({ entrySeq }) => entrySeq)
  let previous: Buffer = FIRST_SEAL
  for (const entry of entries) {
    const right = seal(
      { secret, sealedAs },
      previous,
      entry,
      opened.get(entry.seq),
      drawnBy.get(entry.seq) ?? [],
      redatedBy.get(entry.seq) ?? [],
    )
    if (!right.equals(entry.seal)) blame('seals', `${entryName(entry)}：封印不符`)
    previous = entry.seal
  }
  if (!account.seal.equals(previous)) blame('seals', `会员 ${memberId}：账户的末尾封印与最后一笔不符`)
}
