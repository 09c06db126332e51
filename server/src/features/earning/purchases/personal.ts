import { parsePurchaseRef } from '@pointbook/shared/references'
import { channels, payments } from '@pointbook/shared/words'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import {
  type Cell,
  erase,
  keep,
  type PersonalPart,
  type PersonalReader,
  type PersonalSubject,
  type Section,
  type Slice,
  sliced,
  thenRun,
  thenStays,
  when,
} from '../../members/directory/personal-part.ts'
import { stores } from '../../shop/stores/tables.ts'
import { isOneOf } from './store.ts'
import { stripReceipts } from './strip.ts'
import { purchasesTable, returnsTable, spendRequestsTable } from './tables.ts'

/** Receipts of a member, found through the ledger, in which each purchase has one entry. */
async function readReceipts({ db }: PersonalReader, { memberIds }: PersonalSubject, { offset, limit }: Slice) {
  const { memberId, seq, cause, ref } = pointsEntries
  const rows = await db
    .select({ ref })
    .from(pointsEntries)
    .where(and(inArray(memberId, memberIds), eq(cause, 'purchase'), eq(pointsEntries.kind, 'earn')))
    .orderBy(desc(memberId), desc(seq))
    .limit(limit)
    .offset(offset)
  return rows.map((row) => parsePurchaseRef(row.ref)!).map(({ storeId, receiptNo }) => [storeId, receiptNo] as const)
}

type Receipts = Awaited<ReturnType<typeof readReceipts>>

/** A section whose rows belong to receipts. */
const ofReceipts = (
  heading: Omit<Section, 'pages'>,
  read: (reader: PersonalReader, receipts: Receipts, subject: PersonalSubject) => Promise<Cell[][]>,
): Section => ({
  ...heading,
  async *pages(reader, subject, limit) {
    for (let offset = 0; ; offset += limit) {
      const receipts = await readReceipts(reader, subject, { offset, limit })
      if (receipts.length > 0) yield await read(reader, receipts, subject)
      if (receipts.length < limit) return
    }
  },
})

type Line = (typeof purchasesTable.$inferSelect)['lines'][number]

const lineText = ({ name, quantity, amountFen }: Line) => `${name} ×${quantity} ${amountFen / 100} 元`

const purchases = ofReceipts(
  {
    title: '消费记录',
    columns: [
      '时间',
      '门店',
      '小票号',
      '金额（元）',
      '商品',
      '获得积分',
      '抵现积分',
      '渠道',
      '支付方式',
      '退货金额（元）',
      '退回积分',
    ],
    of: purchasesTable,
  },
  async (reader, receipts, { memberIds }) => {
    const { storeId, receiptNo, at } = purchasesTable
    const rows = await reader.db
      .select({ sold: purchasesTable, store: stores.name })
      .from(purchasesTable)
      .innerJoin(stores, eq(stores.id, storeId))
      .where(isOneOf(storeId, receiptNo, receipts))
      .orderBy(desc(at), storeId, receiptNo)
    return rows
      .filter(({ sold }) => memberIds.includes(sold.memberId))
      .map(({ sold, store }) => [
        when(reader, sold.at),
        store,
        sold.receiptNo,
        sold.amountFen / 100,
        sold.lines.map(lineText).join('\n'),
        sold.points,
        sold.paid.offset?.points ?? 0,
        sold.paid.channel && channels[sold.paid.channel],
        sold.paid.payment && payments[sold.paid.payment],
        sold.returnedFen / 100,
        sold.returnedPoints,
      ])
  },
)

const returns = ofReceipts(
  {
    title: '退货记录',
    columns: ['时间', '门店', '小票号', '第几次', '商品金额（元）', '退款（元）', '扣回积分'],
    of: returnsTable,
  },
  async (reader, receipts, { memberIds }) => {
    const { storeId, receiptNo, returnNo } = returnsTable
    const rows = await reader.db
      .select({ taken: returnsTable, store: stores.name })
      .from(returnsTable)
      .innerJoin(stores, eq(stores.id, storeId))
      .where(isOneOf(storeId, receiptNo, receipts))
      .orderBy(desc(returnsTable.at), storeId, receiptNo, returnNo)
    return rows
      .filter(({ taken }) => memberIds.includes(taken.memberId))
      .map(({ taken, store }) => [
        when(reader, taken.at),
        store,
        taken.receiptNo,
        taken.returnNo,
        taken.amountFen / 100,
        (taken.refundFen ?? taken.amountFen) / 100,
        taken.points,
      ])
  },
)

const states = { asked: '待确认', accepted: '已同意', declined: '未同意', used: '已使用' } as const

const spendRequests = sliced(
  {
    title: '到店使用积分的确认',
    columns: ['时间', '门店', '积分', '结果'],
    of: spendRequestsTable,
  },
  async (reader, { memberIds }, { offset, limit }) => {
    const { memberId, draftId, storeId, askedAt } = spendRequestsTable
    const rows = await reader.db
      .select({ request: spendRequestsTable, store: stores.name })
      .from(spendRequestsTable)
      .innerJoin(stores, eq(stores.id, storeId))
      .where(inArray(memberId, memberIds))
      .orderBy(desc(askedAt), memberId, draftId)
      .limit(limit)
      .offset(offset)
    return rows.map(({ request, store }) => [
      when(reader, request.askedAt),
      store,
      request.points,
      states[request.state],
    ])
  },
)

export const purchasePersonal: PersonalPart = {
  sections: [purchases, returns, spendRequests],
  leaving: [
    keep(purchasesTable, 'transactions', thenRun(stripReceipts)),
    keep(
      returnsTable,
      'transactions',
      thenStays('a return has nothing but figures, to which its entry in the ledger refers'),
    ),
    erase(spendRequestsTable, spendRequestsTable.memberId),
  ],
}
