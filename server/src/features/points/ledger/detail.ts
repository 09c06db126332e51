import type { Policy } from '@pointbook/shared/contract/points/policy'
import { instantText } from '@pointbook/shared/day'
import { namesPurchase, parseEntryRef, parsePurchaseRef } from '@pointbook/shared/references'
import type { EntryRow } from '../../../book/tables.ts'
import type { Lot } from '../../../core/assets/posting.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { memberNo } from '../../members/directory/words.ts'
import { stores } from '../../shop/stores/tables.ts'
import { explanationLines } from '../policy/explanation.ts'
import { readPolicies } from '../policy/store.ts'
import { type DrawnFrom, readDraws } from './store.ts'
import { entryTitle } from './words.ts'

type Row = { entry: EntryRow; lot: Lot | null }

/** An entry as lists show it. */
export const entryView = ({ entry, lot }: Row) => ({
  seq: entry.seq,
  kind: entry.kind,
  title: entryTitle(entry.cause, entry.ref),
  delta: entry.delta,
  balanceAfter: entry.balanceAfter,
  at: entry.at,
  expiresOn: lot?.expiresOn ?? null,
})

/** Entries with all that explains them: why, facts in words, the lots they drew on. */
export async function entryDetails(
  server: Pick<Server, 'db' | 'offsetMinutes'>,
  memberId: number,
  rows: readonly Row[],
) {
  const { db, offsetMinutes } = server
  const [policies, draws, storeNames] = await Promise.all([
    readPolicies(
      db,
      rows.map(({ entry }) => entry.policyVersion),
    ),
    readDraws(
      db,
      memberId,
      rows.map(({ entry }) => entry.seq),
    ),
    readStoreNames(db),
  ])
  return rows.map((row) => detailOf(row, policies.get(row.entry.policyVersion), draws, storeNames, offsetMinutes))
}

function detailOf(
  row: Row,
  policy: Policy | undefined,
  draws: DrawnFrom[],
  storeNames: Map<number, string>,
  offsetMinutes: number,
) {
  const { entry } = row
  return {
    ...entryView(row),
    policyVersion: entry.policyVersion,
    why: explanationLines(entry.why, policy),
    facts: factsOf(entry, policy, storeNames, offsetMinutes),
    draws: draws
      .filter((draw) => draw.entrySeq === entry.seq)
      .map(({ lotSeq, points, earnedAt, expiresOn }) => ({ lotSeq, points: -points, earnedAt, expiresOn })),
  }
}

function factsOf(
  entry: EntryRow,
  policy: Policy | undefined,
  storeNames: Map<number, string>,
  offsetMinutes: number,
): { label: string; value: string }[] {
  const facts = [{ label: '时间', value: instantText(entry.at, offsetMinutes) }]
  const purchase = namesPurchase(entry.cause) ? parsePurchaseRef(entry.ref) : undefined
  if (purchase)
    facts.push(
      { label: '门店', value: storeNames.get(purchase.storeId) ?? '' },
      { label: '小票号', value: purchase.receiptNo },
    )
  if (entry.cause === 'adjustment' || entry.cause === 'compensation') facts.push({ label: '原因', value: entry.ref })
  if (entry.cause === 'merge') {
    const lot = parseEntryRef(entry.ref)
    const other = lot?.memberId ?? Number(entry.ref)
    facts.push({ label: entry.delta < 0 ? '并入会员' : '原会员', value: memberNo(other) })
    if (lot) facts.push({ label: '原积分记录', value: `第 ${lot.seq} 笔，有效期不变` })
  }
  if (entry.debtDelta !== 0)
    facts.push({ label: entry.debtDelta > 0 ? '新增欠分' : '抵还欠分', value: `${Math.abs(entry.debtDelta)} 分` })
  facts.push(
    { label: '余额', value: `${entry.balanceAfter} 分` },
    { label: '积分规则', value: `${policy?.name ?? ''} 第 ${entry.policyVersion} 版` },
  )
  return facts
}

async function readStoreNames(db: Database): Promise<Map<number, string>> {
  const rows = await db.select({ id: stores.id, name: stores.name }).from(stores)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
