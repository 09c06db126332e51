import type { Instant } from '@pointbook/shared/day'

/**
 * A backup is a gzip of JSON lines: the header; for each table its heading and one array for each row; for each file its heading
 * and its content as base64 texts; the trailer. With a key the gzip is encrypted (`frames.ts`).
 */
export const FORMAT = 1

export interface Header {
  backup: typeof FORMAT
  /** The time of the snapshot. */
  at: Instant
  /** The version of Pointbook that wrote it. */
  version: string
  /** The database's own name of its version. */
  engine: string
  /** The migrations that have made its tables, each by the time at which it was written. */
  migrations: number[]
  /** The number of rows of each table. */
  tables: Record<string, number>
  /** Marks of the secrets with which rows were sealed and encrypted. They do not reveal the secrets. */
  secrets: Record<string, string>
}

export interface TableHeading {
  table: string
  /** Without generated columns. */
  columns: string[]
  /** The columns whose values are base64. */
  binary: string[]
  /** The digits of the next number that the table gives; null when it gives none. */
  next: string | null
}

export interface FileHeading {
  file: string
  bytes: number
}

export interface Trailer {
  end: true
  /** Rows, and the SHA-256 of their lines. */
  tables: Record<string, { rows: number; sha256: string }>
  files: { count: number; bytes: number }
  /** SHA-256 of all lines before this one. */
  sha256: string
}

export type Value = string | number | null

/** The header and the trailer of a file that was read to its end. */
export interface Contents {
  header: Header
  trailer: Trailer
}

export const rowsOf = ({ tables }: Pick<Header, 'tables'>): number =>
  Object.values(tables).reduce((sum, rows) => sum + rows, 0)

/** A file or a database that a backup or a restore cannot use; the message says what to do. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault'
}
