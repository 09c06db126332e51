import type { ActorRef } from '@pointbook/shared/references'
import type { Refusal } from '@pointbook/shared/refusals'
import type { EntryKind } from '@pointbook/shared/words'
import { index, int, type MySqlTable, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import type { Account, Draw, Entry, Lot, Posting, Redate } from '../core/assets/posting.ts'
import { day, document, hash, id, instant } from '../platform/database/columns.ts'
import { add, log, put, range, row } from './changes.ts'
import type { Change, Touch } from './move.ts'
import { type Sealed, type SealedTables, sealAppended } from './seal.ts'
import { type AppendTable, appendTable, type BookTable, bookTable } from './table.ts'

// An asset is a kind of value that members have in lots. It has one account per member, entries, lots, draws and redates; only
// the book writes them.

/** The columns that the accounts of every asset have. */
export const accountColumns = () => ({
  memberId: id('member_id').primaryKey(),
  balance: int().notNull(),
  debt: id('debt').notNull(),
  seq: int().notNull(),
  seal: hash().notNull(),
  // Lifetime totals can exceed the greatest balance of an account.
  spent: id('spent').notNull(),
  expired: id('expired').notNull(),
  lastAt: instant('last_at'),
})

/**
 * The tables of an asset except its accounts, such as `points_lots`. `amountColumn` is the name of the amount column in lots and
 * draws.
 */
export const assetTables = <Name extends string, Cause extends string, Explanation>(
  name: Name,
  amountColumn: string,
) => ({
  entries: mysqlTable(
    `${name}_entries`,
    {
      memberId: id('member_id').notNull(),
      seq: int().notNull(),
      kind: varchar({ length: 10 }).$type<EntryKind>().notNull(),
      cause: varchar({ length: 20 }).$type<Cause>().notNull(),
      ref: varchar({ length: 100 }).notNull(),
      delta: int().notNull(),
      debtDelta: int('debt_delta').notNull(),
      balanceAfter: int('balance_after').notNull(),
      policyVersion: int('policy_version').notNull(),
      why: document<Explanation[]>('why').notNull(),
      actor: varchar({ length: 60 }).$type<ActorRef>().notNull(),
      at: instant('at').notNull(),
      seal: hash().notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.memberId, table.seq] }),
      // Covers the columns that the merchant's figures add up, so that a month of the whole shop is read from the index alone.
      index(`${name}_entries_at`).on(table.at, table.kind, table.delta),
    ],
  ),
  lots: mysqlTable(
    `${name}_lots`,
    {
      memberId: id('member_id').notNull(),
      seq: int().notNull(),
      amount: int(amountColumn).notNull(),
      remaining: int().notNull(),
      expired: int().notNull(),
      usableOn: day('usable_on').notNull(),
      expiresOn: day('expires_on'),
      /** The last usable day while something is left: what is spent or has ended leaves the index. The book works it out as it writes. */
      dueOn: day('due_on'),
    },
    (table) => [
      primaryKey({ columns: [table.memberId, table.seq] }),
      index(`${name}_lots_due`).on(table.dueOn, table.memberId),
    ],
  ),
  draws: mysqlTable(
    `${name}_draws`,
    {
      memberId: id('member_id').notNull(),
      entrySeq: int('entry_seq').notNull(),
      lotSeq: int('lot_seq').notNull(),
      amount: int(amountColumn).notNull(),
    },
    (table) => [primaryKey({ columns: [table.memberId, table.entrySeq, table.lotSeq] })],
  ),
  /** The changes of lots' dates by entries. They give a lot's dates at any time, and the lot's seal stays valid. */
  redates: mysqlTable(
    `${name}_redates`,
    {
      memberId: id('member_id').notNull(),
      entrySeq: int('entry_seq').notNull(),
      lotSeq: int('lot_seq').notNull(),
      usableFrom: day('usable_from').notNull(),
      usableOn: day('usable_on').notNull(),
      expiresFrom: day('expires_from'),
      expiresOn: day('expires_on'),
    },
    (table) => [primaryKey({ columns: [table.memberId, table.entrySeq, table.lotSeq] })],
  ),
})

type AssetTables<Cause extends string, Explanation> = ReturnType<typeof assetTables<string, Cause, Explanation>>

export interface Asset<A extends Account, Cause extends string, Explanation>
  extends SealedTables<A, Cause, Explanation> {
  /** The member's account as a row that a move touches. */
  account(memberId: number): Touch
  /** The member's lots that are not empty, usable or not. */
  openLots(memberId: number): Touch
  /** The rows of a posting as changes. Throws `tooMuch` when a credit raises the balance above `most`; a debit never throws. */
  posted(posting: Posting<A, Cause, Explanation>): Change[]
}

interface Options {
  /** The places of its tables in the order of all. */
  orders: Record<'accounts' | 'entries' | 'lots' | 'draws' | 'redates', number>
  sealedAs: string | null
  /** The greatest balance of an account. */
  most: number
  tooMuch(most: number): Refusal
}

/** The asset that these tables keep, with the posting of it. */
export function asset<A extends Account, Cause extends string, Explanation>(
  accountTable: MySqlTable,
  tables: AssetTables<Cause, Explanation>,
  { orders, sealedAs, most, tooMuch }: Options,
): Asset<A, Cause, Explanation> {
  const byEntry = ['memberId', 'entrySeq', 'lotSeq']
  const accounts = bookTable(accountTable, { order: orders.accounts, key: ['memberId'] }) as BookTable<Sealed<A>>
  const lots: BookTable<Lot> = bookTable(tables.lots, {
    order: orders.lots,
    key: ['memberId', 'seq'],
    locked: false,
    rangeWhere: 'remaining > 0',
    derived: { dueOn: ({ remaining, expiresOn }) => (remaining > 0 ? expiresOn : null) },
  })
  const draws: AppendTable<Draw> = appendTable(tables.draws, { order: orders.draws, key: byEntry })
  const redates: AppendTable<Redate> = appendTable(tables.redates, { order: orders.redates, key: byEntry })
  const entries: AppendTable<Sealed<Entry<Cause, Explanation>>> = {
    ...appendTable(tables.entries, { order: orders.entries, key: ['memberId', 'seq'] }),
    seal: (rowsOf, secret) => sealAppended(rowsOf, made, secret),
  }

  function requireBounds({ account, entries: added }: Posting<A, Cause, Explanation>) {
    const left = account.balance > most ? 0 : most
    if (added.some(({ delta }) => delta > left)) throw tooMuch(most)
  }

  function posted(posting: Posting<A, Cause, Explanation>): Change[] {
    requireBounds(posting)
    const opened = new Set(posting.entries.map(({ seq }) => seq))
    return [
      put(accounts, posting.account as Sealed<A>),
      ...posting.entries.map((entry) => log(entries, entry as Sealed<typeof entry>)),
      ...posting.lots.map((lot) => (opened.has(lot.seq) ? add(lots, lot) : put(lots, lot))),
      ...posting.draws.map((draw) => log(draws, draw)),
      ...posting.redates.map((redate) => log(redates, redate)),
    ]
  }

  const made: Asset<A, Cause, Explanation> = {
    accounts,
    entries,
    lots,
    draws,
    redates,
    sealedAs,
    account: (memberId) => row(accounts, memberId),
    openLots: (memberId) => range(lots, memberId),
    posted,
  }
  return made
}
