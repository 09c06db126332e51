import type { Trouble } from './step.mjs'

/** A database that is ready for the commands. */
export interface Database {
  /** Of an account that owns the database `pointbook` and nothing else. */
  url: string
  /** Of the server's administrator; the same as `url` for a database that is not ours. */
  adminUrl: string
  /** Settles only when a database of ours ended and could not be started again. */
  lost: Promise<Trouble>
}
