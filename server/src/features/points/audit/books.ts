import type { Policy } from '@pointbook/shared/contract/points/policy'
import { desc, lte, sql } from 'drizzle-orm'
import { type AuditReport, auditLedger, BY_ITSELF } from '../../../book/audit.ts'
import type { AuditPart } from '../../../book/audit-part.ts'
import { policies } from '../../../book/tables.ts'
import { databaseCode } from '../../../platform/database/failures.ts'
import { missingParts, missingSentence } from '../../../platform/database/look-at-tables.ts'
import type { Databases } from '../../../platform/database/pool.ts'
import { UnusableDatabase } from '../../../platform/database/unusable.ts'

const WHAT_TO_DO = 'restore the whole backup, or start Pointbook once'

interface Options {
  parts: readonly AuditPart[]
  sealSecret: string
  onProgress?(done: { members: number; entries: number }): void
}

/** Audits the books of a database that no server is using. */
export async function auditBooks(
  databases: Databases,
  { parts, sealSecret, onProgress }: Options,
): Promise<AuditReport> {
  await requireWhole(databases)
  return auditLedger(databases.pool, {
    parts,
    sealSecret,
    pointsPerYuan: await pointsPerYuanInForce(databases),
    entriesAtOnce: BY_ITSELF,
    ...(onProgress ? { onProgress } : {}),
  })
}

/** The checks do not read every table, so the books could seem to be in order without some of them. */
async function requireWhole({ pool }: Databases): Promise<void> {
  const connection = await pool.getConnection()
  const missing = await missingParts(connection).finally(() => connection.release())
  if (missing.length > 0) throw new UnusableDatabase([`${missingSentence(missing)}: restore the whole backup`])
}

/** The reason why the database cannot be read; undefined for other errors. */
export function faultOf(error: unknown): string | undefined {
  if (error instanceof UnusableDatabase) return error.message
  const code = databaseCode(error)
  if (code === 'ER_NO_SUCH_TABLE' || code === 'ER_BAD_FIELD_ERROR')
    return `tables or columns are missing: ${WHAT_TO_DO} to bring its tables up to date`
  return code && `the database cannot be read (${code})`
}

async function pointsPerYuanInForce({ db }: Databases): Promise<number> {
  const [row] = await db
    .select({ document: sql<string>`${policies.document}` })
    .from(policies)
    .where(lte(policies.effectiveAt, new Date().toISOString()))
    .orderBy(desc(policies.effectiveAt), desc(policies.version))
    .limit(1)
  if (!row) throw new UnusableDatabase([`there is no policy yet: ${WHAT_TO_DO}`])
  const pointsPerYuan = pointsPerYuanIn(row.document)
  if (!pointsPerYuan) throw new UnusableDatabase(['the policy in force cannot be read: restore the whole backup'])
  return pointsPerYuan
}

/** Undefined for text that is no policy. */
function pointsPerYuanIn(document: string): number | undefined {
  try {
    return (JSON.parse(document) as Policy | null)?.pointsPerYuan
  } catch {
    return undefined
  }
}
