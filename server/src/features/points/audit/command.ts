import type { Env } from '@pointbook/config/env'
import { group, yuan } from '@pointbook/shared/money'
import type { AuditReport } from '../../../book/audit.ts'
import type { AuditPart } from '../../../book/audit-part.ts'
import { openDatabase } from '../../../platform/database/pool.ts'
import { requireRestored } from '../../../platform/database/restore-marker.ts'
import { auditBooks, faultOf } from './books.ts'

interface Terminal {
  say(line: string): void
  complain(line: string): void
  onProgress?(done: { members: number; entries: number }): void
}

/** Audits the books of the database that the settings name and prints what it finds. Returns the exit code: 1 when they do not add up. */
export async function auditCommand(
  { databaseUrl, secrets }: Pick<Env, 'databaseUrl' | 'secrets'>,
  parts: readonly AuditPart[],
  { say, complain, onProgress }: Terminal,
): Promise<number> {
  if (!databaseUrl) throw new Error('DATABASE_URL is not set')
  const databases = openDatabase(databaseUrl)
  try {
    await requireRestored(databaseUrl)
    const report = await auditBooks(databases, {
      parts,
      sealSecret: secrets.sealSecret,
      ...(onProgress ? { onProgress } : {}),
    })
    for (const line of linesOf(report)) say(line)
    return report.passed ? 0 : 1
  } catch (error) {
    const fault = faultOf(error)
    if (!fault) throw error
    complain(`Nothing was audited: ${fault}`)
    return 1
  } finally {
    await databases.close()
  }
}

function linesOf({ checks, totals, tookMs, passed }: AuditReport): string[] {
  const found = checks.flatMap(({ id, title, checked, passed: fine, faults }) => [
    `${fine ? '✓' : '✗'} ${id.padEnd(10)} ${group(checked).padStart(13)}  ${title}`,
    ...faults.map((fault) => `    ${fault}`),
  ])
  const { issued, adjusted, redeemed, expired, reversed, outstanding, debt, outstandingFen } = totals
  const parts = { redeemed, expired, reversed, outstanding }
  const gone = Object.entries(parts).map(([name, points]) => `${group(points)} ${name}`)
  return [
    ...found,
    `  ${group(issued)} issued + ${group(adjusted)} adjusted = ${gone.join(' + ')}`,
    `  outstanding is worth ¥${yuan(outstandingFen)}; members owe ${group(debt)} points`,
    `${passed ? 'The books are in order' : 'The books have faults'} (${(tookMs / 1000).toFixed(1)} s)`,
  ]
}
