import type { Instant } from '@pointbook/shared/day'
import { asc, inArray } from 'drizzle-orm'
import { type Line, logHmac, markOf } from '../../../platform/database/log-seal.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts'
import { logBlocks } from './tables.ts'

export type Block = typeof logBlocks.$inferSelect

/** A block's number and its seal in hex. */
export interface Tip {
  no: number
  seal: string
}

/** What is known of the blocks as a whole, sealed too. */
export interface Seals {
  /** The block before the first one that is kept. */
  before: Tip
  last: Tip
  /** Lines without a seal up to this id are from before lines were sealed; 0 once all of them are adopted. */
  adoptUpTo: number
}

export const SEALS = 'audit-log.seals'
const NONE: Tip = { no: 0, seal: '' }

const sealOf = (secret: string, { before, last, adoptUpTo }: Seals): string =>
  logHmac(secret, ['seals', before.no, before.seal, last.no, last.seal, adoptUpTo]).toString('hex')

/** Null before the first line was sealed. Throws when somebody has edited it. */
export function readSeals(secret: string, value: unknown): Seals | null {
  if (Object.keys(Object(value)).length === 0) return null
  const stored = value as Seals & { seal: string }
  if (stored.seal !== sealOf(secret, stored)) throw new Error('the seals of the audit log were edited')
  return stored
}

/** The seals, locked until the transaction ends; `first` makes those of a log that has none. */
export async function lockSeals(
  tx: Transaction,
  secret: string,
  at: Instant,
  first: () => Promise<Pick<Seals, 'adoptUpTo'>>,
): Promise<Seals> {
  const value = await lockSetting<unknown>(tx, SEALS, {}, at)
  return readSeals(secret, value) ?? { before: NONE, last: NONE, ...(await first()) }
}

export const saveSeals = (tx: Transaction, secret: string, seals: Seals, at: Instant): Promise<void> =>
  saveSetting(tx, SEALS, { ...seals, seal: sealOf(secret, seals) }, at, 'system')

/** The number of the last block; 0 before the first. It only grows: a smaller one shows that the log was put back. */
export const lastBlock = async (db: Database): Promise<number> =>
  (await readSetting<Partial<Seals>>(db, SEALS))?.value.last?.no ?? 0

export const digestOf = (secret: string, lines: readonly Line[]): Buffer =>
  logHmac(
    secret,
    lines.map((line) => [line.id, markOf(line), line.at, line.actor, line.action, line.subject]),
  )

/** Seals a block onto the one before. */
export const blockSeal = (
  secret: string,
  before: Tip,
  { no, lineIds, newestAt, digest }: Omit<Block, 'seal'>,
): Buffer => logHmac(secret, ['block', before.no, before.seal, no, lineIds, newestAt, digest.toString('hex')])

export const sweptSeal = (secret: string, { no, seal }: Pick<Block, 'no' | 'seal'>): Buffer =>
  logHmac(secret, ['swept', no, seal.toString('hex')])

export const tipOf = ({ no, seal }: Block): Tip => ({ no, seal: seal.toString('hex') })

export const blocksNumbered = (tx: Transaction, nos: number[]): Promise<Block[]> =>
  tx.select().from(logBlocks).where(inArray(logBlocks.no, nos)).orderBy(asc(logBlocks.no))
