import type { Connection } from 'mysql2/promise'

/** A shop's database during the story. */
export interface Stage {
  /** The database's administrator, in the shop's database. */
  admin: Connection
  /** Address of the shop's server. */
  server: string
  /** Stops the shop's server from running, and lets it run again. */
  freeze(): void
  thaw(): void
}

/** Something that an operator may have set. */
export interface OperatorSetting {
  title: string
  /** What the database is started with. */
  options?: readonly string[]
  /** Additional options for MySQL, where it has other names for the same. */
  ofMySql?: readonly string[]
  /** What the shop's user may do in its database; everything when absent. */
  rights?: string
  /** Whether the tables are there before `prepare` and the shop's server. */
  hasTables?: boolean
  /** What an administrator does before the shop's server starts. */
  prepare?(admin: Connection): Promise<unknown>
  /** The address that the server is given, from the plain one. */
  address?(url: string): string
  /** The message with which the server must refuse to start; when absent, the story must succeed. */
  refused?: RegExp
  /** What a server that starts must warn of. */
  warned?: RegExp
  /** What happens in the middle of the story. */
  during?(stage: Stage, buy: () => Promise<unknown>): Promise<void>
}
