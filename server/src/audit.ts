import { readEnv } from '@pointbook/config/env'
import { group, yuan } from '@pointbook/shared/money'
import type { AuditReport } from './book/audit.ts'
import { auditBooks, faultOf } from './features/points/audit/books.ts'
import { auditParts } from './features.ts'
import { openDatabase } from './platform/database/pool.ts'
import { requireRestored } from './platform/database/restore-marker.ts'

// npm run ledger:audit: audits the books of the database that DATABASE_URL names. Exit code 1 when they do not add up.

const { databaseUrl, secrets } = readEnv(process.env)
if (!databaseUrl) throw new Error('DATABASE_URL is not set')
const databases = openDatabase(databaseUrl)
try {
  await requireRestored(databaseUrl)
  const report = await auditBooks(databases, {
    parts: auditParts,
    sealSecret: secrets.sealSecret,
    onProgress: ({ members, entries }) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${group(members)} members, ${group(entries)} entries`)
    },
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
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
