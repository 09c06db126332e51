import { group } from '@pointbook/shared/money'
import { entryKinds, standings } from '@pointbook/shared/words'
import { and, desc, eq, inArray } from 'drizzle-orm'
import {
  movesTable,
  pointsAccounts,
  pointsDraws,
  pointsEntries,
  pointsLots,
  pointsRedates,
  quotasTable,
} from '../../../book/tables.ts'
import {
  keep,
  type PersonalPart,
  sliced,
  thenErased,
  thenStays,
  when,
  whole,
} from '../../members/directory/personal-part.ts'
import { memberNo } from '../../members/directory/words.ts'
import { explanationLines, worthTelling } from '../policy/explanation.ts'
import { readPolicies } from '../policy/store.ts'
import { readAccount } from './store.ts'
import { takingsTable } from './tables.ts'
import { entryTitle } from './words.ts'

const account = whole(
  {
    title: '积分账户',
    columns: ['会员号', '状态', '积分余额', '欠分', '累计获得', '累计使用', '累计到期', '消费次数', '累计消费（元）'],
    of: pointsAccounts,
  },
  async ({ db }, { memberIds }) => {
    const rows = await db.select().from(pointsAccounts).where(inArray(pointsAccounts.memberId, memberIds))
    return rows.map(({ memberId, standing, balance, debt, earned, spent, expired, purchases, spendFen }) => [
      memberNo(memberId),
      standings[standing],
      ...[balance, debt, earned, spent, expired, purchases, spendFen / 100],
    ])
  },
)

/** Each rule that has a part in an entry, in words: its points, or why it gave none. */
const wordsOf = (lines: ReturnType<typeof explanationLines>): string =>
  lines.map(({ name, points, text }) => `${name}${points === 0 ? '' : ` ${signed(points)} 分`}：${text}`).join('\n')

const signed = (points: number) => (points > 0 ? `+${points}` : String(points))

const entries = sliced(
  {
    title: '积分明细',
    columns: ['时间', '会员号', '序号', '类型', '来源', '积分变动', '欠分变动', '变动后余额', '说明', '积分规则版本'],
    of: pointsEntries,
  },
  async (reader, { memberIds }, { offset, limit }) => {
    const { memberId, seq } = pointsEntries
    const rows = await reader.db
      .select()
      .from(pointsEntries)
      .where(inArray(memberId, memberIds))
      .orderBy(desc(memberId), desc(seq))
      .limit(limit)
      .offset(offset)
    const policies = await readPolicies(
      reader.server.db,
      rows.map(({ policyVersion }) => policyVersion),
    )
    return rows.map((entry) => [
      when(reader, entry.at),
      memberNo(entry.memberId),
      entry.seq,
      entryKinds[entry.kind],
      entryTitle(entry.cause, entry.ref),
      ...[entry.delta, entry.debtDelta, entry.balanceAfter],
      wordsOf(explanationLines(entry.why.filter(worthTelling), policies.get(entry.policyVersion))),
      entry.policyVersion,
    ])
  },
)

const lots = sliced(
  {
    title: '积分批次',
    columns: ['获得时间', '会员号', '批次', '获得', '剩余', '已到期', '可用日', '到期日'],
    of: pointsLots,
  },
  async (reader, { memberIds }, { offset, limit }) => {
    const { memberId, seq } = pointsLots
    const ofEntry = and(eq(pointsEntries.memberId, memberId), eq(pointsEntries.seq, seq))
    const rows = await reader.db
      .select({ lot: pointsLots, at: pointsEntries.at })
      .from(pointsLots)
      .innerJoin(pointsEntries, ofEntry)
      .where(inArray(memberId, memberIds))
      .orderBy(desc(memberId), desc(seq))
      .limit(limit)
      .offset(offset)
    return rows.map(({ lot, at }) => [
      when(reader, at),
      memberNo(lot.memberId),
      ...[lot.seq, lot.amount, lot.remaining, lot.expired],
      lot.usableOn,
      lot.expiresOn ?? '长期有效',
    ])
  },
)

const takings = whole(
  { title: '违规收回的积分', columns: ['收回时间', '原积分记录', '积分', '调查编号'], of: takingsTable },
  async (reader, { memberIds }) => {
    const rows = await reader.db
      .select()
      .from(takingsTable)
      .where(inArray(takingsTable.memberId, memberIds))
      .orderBy(desc(takingsTable.at), takingsTable.entrySeq)
    return rows.map(({ at, entrySeq, points, caseId }) => [when(reader, at), entrySeq, points, caseId])
  },
)

const frozen = { text: '账户已冻结', advice: '请先联系商家，核实后解除冻结', page: '' }

const inDebt = (debt: number) => ({
  text: `还有 ${group(debt)} 分待抵扣`,
  advice: '新的消费得到的积分会先抵扣；也可以联系商家处理',
  page: '/member/ledger/index',
})

export const ledgerPersonal: PersonalPart = {
  sections: [account, entries, lots, takings],
  async obstacles({ db }, { memberId }) {
    const account = await readAccount(db, memberId)
    return [
      ...(account?.standing === 'frozen' ? [frozen] : []),
      ...(account && account.debt > 0 ? [inDebt(account.debt)] : []),
    ]
  },
  leaving: [
    ...[pointsAccounts, pointsEntries, pointsLots, pointsDraws, pointsRedates].map((table) =>
      keep(table, 'accounting', thenStays('the sealed ledger loses no row, and its rows name nobody')),
    ),
    keep(takingsTable, 'accounting', thenErased(takingsTable.memberId)),
    // The moves say that each fact was booked once; the quotas are needed when a purchase is returned later.
    keep(movesTable, 'transactions', thenErased(movesTable.memberId)),
    keep(quotasTable, 'transactions', thenErased(quotasTable.memberId)),
  ],
}
