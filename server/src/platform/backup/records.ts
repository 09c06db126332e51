import { type Instant, instant } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { record } from '../audit-log.ts'
import { type Database, inTransaction } from '../database/pool.ts'
import { readSetting, saveSetting } from '../settings.ts'
import { type Contents, rowsOf } from './format.ts'

// What is known of backups, for the merchant to see.

const MADE = 'backup.made'
const PROVED = 'backup.proved'
const FAILED = 'backup.failed'
const KEPT = 'backup.kept'

/** The last backup that was written. */
export interface MadeRecord {
  /** The time of its snapshot. */
  at: Instant
  /** Without its folder. */
  file: string
  bytes: number
  encrypted: boolean
  rows: number
  pictures: number
  version: string
}

/** The last restore aside, which shows whether a backup can be used. */
export interface ProofRecord {
  at: Instant
  file: string
  /** The time of the backup's snapshot; null for a file that could not be read. */
  backupAt: Instant | null
  passed: boolean
  /** The reason why it did not pass; empty when it passed. */
  fault: string
}

/** The nightly backups that are there. */
interface KeptRecord {
  count: number
  oldestAt: Instant
}

interface NewBackup extends Contents {
  file: string
  bytes: number
  encrypted: boolean
}

export async function recordMade(db: Database, { header, trailer, ...file }: NewBackup): Promise<void> {
  const made: MadeRecord = {
    ...file,
    at: header.at,
    rows: rowsOf(header),
    pictures: trailer.files.count,
    version: header.version,
  }
  const text = `备份全部数据「${made.file}」：${group(made.rows)} 行、${group(made.pictures)} 张图片，${made.encrypted ? '已加密' : '未加密'}`
  await keep(db, MADE, made, 'backup.make', text)
}

export async function recordProof(db: Database, proof: ProofRecord): Promise<void> {
  const text = `验证备份「${proof.file}」：${proof.passed ? '可以恢复，账目相符' : '未通过'}`
  await keep(db, PROVED, proof, 'backup.prove', text)
}

export async function recordRestore(db: Database, { header }: Contents, file: string): Promise<void> {
  const text = `从备份「${file}」恢复全部数据：${group(rowsOf(header))} 行`
  const line = { actor: 'system', action: 'backup.restore', subject: 'backup', text } as const
  await inTransaction(db, (tx) => record(tx, instant(new Date()), { ...line, detail: { backupAt: header.at } }))
}

const keep = (
  db: Database,
  name: string,
  value: MadeRecord | ProofRecord,
  action: 'backup.make' | 'backup.prove',
  text: string,
) =>
  inTransaction(db, async (tx) => {
    const at = instant(new Date())
    await saveSetting(tx, name, value, at, 'system')
    await record(tx, at, { actor: 'system', action, subject: 'backup', text })
  })

/** What is known of backups: null where there is nothing yet. */
export async function readBackups(db: Database) {
  const [made, proof, failed, kept] = await Promise.all([
    readSetting<MadeRecord>(db, MADE),
    readSetting<ProofRecord>(db, PROVED),
    readSetting<{ since: Instant }>(db, FAILED),
    readSetting<KeptRecord>(db, KEPT),
  ])
  const since = failed?.value.since ?? null
  return {
    made: made?.value ?? null,
    proof: proof?.value ?? null,
    kept: kept?.value ?? null,
    failingSince: since !== null && since > (made?.value.at ?? '') ? since : null,
  }
}

/** Keeps the first of the failures since the last backup. */
export async function recordFailure(db: Database, at: Instant): Promise<void> {
  if ((await readBackups(db)).failingSince === null) await saveSetting(db, FAILED, { since: at }, at, 'system')
}

export const recordKept = (db: Database, kept: KeptRecord): Promise<void> =>
  saveSetting(db, KEPT, kept, instant(new Date()), 'system')
