import { auditLedger, BY_ITSELF } from '@pointbook/server/book/audit'
import { auditParts } from '@pointbook/server/features'
import mysql from 'mysql2/promise'

/** Audits the books of a bench, and says what is wrong with them. */
export async function booksBalance(url: string, sealSecret: string): Promise<boolean> {
  const pool = mysql.createPool({ uri: url, dateStrings: true, timezone: 'Z' })
  const report = await auditLedger(pool, {
    parts: auditParts,
    sealSecret,
    pointsPerYuan: 100,
    entriesAtOnce: BY_ITSELF,
  })
  await pool.end()
  const faults = report.checks.filter(({ passed }) => !passed)
  console.log(
    report.passed
      ? `\nthe books balance (audited in ${(report.tookMs / 1000).toFixed(1)} s)`
      : `\nTHE BOOKS DO NOT BALANCE: ${JSON.stringify(faults)}`,
  )
  return report.passed
}
