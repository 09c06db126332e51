import type { Pool, PoolConnection } from 'mysql2/promise'
import type { Range } from './audit-read.ts'

/** Records a fault, in words that name the row. */
export type BlameRow = (fault: string) => void

/** A feature's part in the audit of the books: its own rows against the ledger's. */
export interface AuditPart {
  /** Short, for the command line; no two parts share it. */
  id: string
  title: string
  /** The statement that is true when the part passes. */
  text: string
  /** Begins an audit. */
  begin(
    blame: BlameRow,
    sealSecret: string,
  ): {
    /** Judges the rows of a range of members, read in the same snapshot as the range. Returns how many rows it has judged. */
    range?(connection: PoolConnection, range: Range): Promise<number>
    /** Judges, at the end, what belongs to no range. Returns how many rows it has judged. */
    end?(pool: Pool): Promise<number>
  }
}
