import type { Trouble } from './step.mjs'

/** A database that is ready for the commands. */
export interface Database {
  /** The address of an account with rights only on the database `pointbook`. */
  url: string
  /** The address of the server's administrator; the same as `url` for a database of the operator. */
  adminUrl: string
  /** Settles only when a database of ours ended and could not be started again. */
  lost: Promise<Trouble>
}
