import { type Instant, instantText } from '@pointbook/shared/day'
import { eq, or, type SQL } from 'drizzle-orm'
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core'
import type { Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import type { LawId } from './laws.ts'
import type { MemberRow } from './store.ts'

export type Cell = string | number | null

/** The member whose own data are read: the record and the doubles merged into it. */
export interface PersonalSubject {
  memberId: number
  memberIds: number[]
}

export interface PersonalReader {
  server: Server
  /** All reads of an export see the database as it was when the export began. */
  db: Transaction
}

/** A table of the member's own data, as the member gets it. */
export interface Section {
  title: string
  columns: readonly string[]
  /** The table that it shows; leaving does with the section what it does with the table. */
  of: MySqlTable
  /** All rows, the newest first where they have a time, read about `size` at a time. */
  pages(reader: PersonalReader, subject: PersonalSubject, size: number): AsyncIterable<Cell[][]>
}

export interface Slice {
  offset: number
  limit: number
}

type Heading = Omit<Section, 'pages'>

/**
 * What leaving does with the rows of one table: `erase` deletes them, `blank` overwrites the columns that tell of the person, and
 * `keep` leaves them as they are, because they name the member by number only. What is left of the last two a law demands until
 * its term is over; `ends` is what becomes of it then.
 */
export type Fate =
  | { table: MySqlTable; does: 'erase'; by: MySqlColumn }
  | {
      table: MySqlTable
      does: 'blank'
      rows(memberId: number): SQL
      blanks(memberId: number, server: Server): object
      law: LawId
      ends: Ending
    }
  | { table: MySqlTable; does: 'keep'; law: LawId; ends: Ending }

/** What becomes of a kept table's rows of a member when the term of the law is over. */
export type Ending =
  | { does: 'end'; run: EndRows }
  /** They stay, because the books need them and they name nobody. */
  | { does: 'stay'; because: string }
  /** A job deletes them by their age, whether somebody has left or not. */
  | { does: 'sweep'; job: string }

/** Deletes or overwrites a member's rows; a repetition finds nothing left. Returns how many there were. */
type EndRows = (tx: Transaction, memberId: number) => Promise<number>

/** A feature's part in the member's own data: what the member gets of it, and what leaving does with it. */
export interface PersonalPart {
  sections: readonly Section[]
  leaving: readonly Fate[]
  /** What must be settled before the member can leave. */
  obstacles?(server: Server, subject: PersonalSubject): Promise<Obstacle[]>
  /** Takes the name of a person who leaves out of texts that stay, before the person's own rows are erased. */
  forget?(tx: Transaction, person: MemberRow): Promise<void>
}

export interface Obstacle {
  /** What stands in the way. */
  text: string
  /** What the member can do about it. */
  advice: string
  /** The page of the mini-program where that is done; '' for none. */
  page: string
}

export const erase = (table: MySqlTable, by: MySqlColumn): Fate => ({ table, does: 'erase', by })

export const keep = (table: MySqlTable, law: LawId, ends: Ending): Fate => ({ table, does: 'keep', law, ends })

/** `rows` are the rows of a member; `blanks` has the values that the columns get. */
export const blank = <T extends MySqlTable>(
  table: T,
  law: LawId,
  rows: (memberId: number) => SQL,
  blanks: (memberId: number, server: Server) => Partial<T['$inferInsert']>,
  ends: Ending,
): Fate => ({ table, does: 'blank', law, rows, blanks, ends })

/** At the end of the term the rows with the member's number in one of these columns are deleted. */
export const thenErased = (...columns: [MySqlColumn, ...MySqlColumn[]]): Ending => ({
  does: 'end',
  async run(tx, memberId) {
    const [{ affectedRows }] = await tx.delete(columns[0].table).where(or(...columns.map((one) => eq(one, memberId))))
    return affectedRows
  },
})

export const thenRun = (run: EndRows): Ending => ({ does: 'end', run })

export const thenStays = (because: string): Ending => ({ does: 'stay', because })

export const sweptBy = (job: string): Ending => ({ does: 'sweep', job })

/** An instant as the shop's clock shows it. */
export const when = ({ server }: PersonalReader, at: Instant | null): string | null =>
  at && instantText(at, server.offsetMinutes)

/** A section of few rows, which are read together. */
export const whole = (
  heading: Heading,
  read: (reader: PersonalReader, subject: PersonalSubject) => Promise<Cell[][]>,
): Section => ({
  ...heading,
  async *pages(reader, subject) {
    yield await read(reader, subject)
  },
})

/** A section of many rows: `read` gives those of a slice, in an order that stays. */
export const sliced = (
  heading: Heading,
  read: (reader: PersonalReader, subject: PersonalSubject, slice: Slice) => Promise<Cell[][]>,
): Section => ({
  ...heading,
  async *pages(reader, subject, limit) {
    for (let offset = 0; ; offset += limit) {
      const rows = await read(reader, subject, { offset, limit })
      yield rows
      if (rows.length < limit) return
    }
  },
})
