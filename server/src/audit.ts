import { readEnv } from '@pointbook/config/env'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { group, yuan } from '@pointbook/shared/money'
import { desc, lte, sql } from 'drizzle-orm'
import { type AuditReport, auditLedger, BY_ITSELF } from './book/audit.ts'
import { policies } from './book/tables.ts'
import { auditParts } from './features.ts'
import { databaseCode } from './platform/database/failures.ts'
import { missingParts, missingSentence } from './platform/database/look-at-tables.ts'
import { openDatabase } from './platform/database/pool.ts'
import { UnusableDatabase } from './platform/database/unusable.ts'

// npm run ledger:audit: audits the books of the database that DATABASE_URL names. Exit code 1 when they do not add up.

const WHAT_TO_DO = 'restore the whole backup, or start Pointbook once'

const { databaseUrl, secrets } = readEnv(process.env)
if (!databaseUrl) throw new Error('DATABASE_URL is not set')
const databases = openDatabase(databaseUrl)
try {
  const report = await audit()
  print(report)
  process.exitCode = report.passed ? 0 : 1
} catch (error) {
  const fault = faultOf(error)
  if (!fault) throw error
  console.error(`Nothing was audited: ${fault}`)
  process.exitCode = 1
} finally {
  await databases.close()
}

async function audit(): Promise<AuditReport> {
  await requireWhole()
  const pointsPerYuan = await pointsPerYuanInForce()
  const report = await auditLedger(databases.pool, {
    parts: auditParts,
    sealSecret: secrets.sealSecret,
    pointsPerYuan,
    entriesAtOnce: BY_ITSELF,
    onProgress: ({ members, entries }) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${group(members)} members, ${group(entries)} entries`)
    },
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  return report
}

/** The checks do not read every table, so the books could seem to be in order without some of them. */
async function requireWhole(): Promise<void> {
  const connection = await databases.pool.getConnection()
  const missing = await missingParts(connection).finally(() => connection.release())
  if (missing.length > 0) throw new UnusableDatabase([`${missingSentence(missing)}: restore the whole backup`])
}

/** The reason why the database cannot be read; undefined for other errors. */
function faultOf(error: unknown): string | undefined {
  if (error instanceof UnusableDatabase) return error.message
  const code = databaseCode(error)
  if (code === 'ER_NO_SUCH_TABLE' || code === 'ER_BAD_FIELD_ERROR')
    return `tables or columns are missing: ${WHAT_TO_DO} to bring its tables up to date`
  return code && `the database cannot be read (${code})`
}

async function pointsPerYuanInForce(): Promise<number> {
  const [row] = await databases.db
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

function print({ checks, totals, tookMs, passed }: AuditReport) {
  for (const { id, title, checked, passed: fine, faults } of checks) {
    console.log(`${fine ? '✓' : '✗'} ${id.padEnd(10)} ${group(checked).padStart(13)}  ${title}`)
    for (const fault of faults) console.log(`    ${fault}`)
  }
  const { issued, adjusted, redeemed, expired, reversed, outstanding, debt, outstandingFen } = totals
  const parts = { redeemed, expired, reversed, outstanding }
  const gone = Object.entries(parts).map(([name, points]) => `${group(points)} ${name}`)
  console.log(`  ${group(issued)} issued + ${group(adjusted)} adjusted = ${gone.join(' + ')}`)
  console.log(`  outstanding is worth ¥${yuan(outstandingFen)}; members owe ${group(debt)} points`)
  console.log(`${passed ? 'The books are in order' : 'The books have faults'} (${(tookMs / 1000).toFixed(1)} s)`)
}
