import { type AuditReport, auditLedger } from '../../../book/audit.ts'
import type { AuditPart } from '../../../book/audit-part.ts'
import { readSetting, saveSetting } from '../../../platform/settings.ts'
import type { Server } from '../../../server.ts'
import { policyInForce } from '../policy/store.ts'

const SETTING = 'ledger.audit'

/** The report of the last audit; null before the first. */
export const lastReport = async ({ db }: Server): Promise<AuditReport | null> =>
  (await readSetting<AuditReport>(db, SETTING))?.value ?? null

/** The number of checks that failed in the last audit; null before the first. */
export async function failedChecks(server: Server): Promise<number | null> {
  const report = await lastReport(server)
  return report?.checks.filter(({ passed }) => !passed).length ?? null
}

/** Audits the books and keeps the report. */
export async function audit(
  { db, databases, env, clock }: Server,
  parts: readonly AuditPart[],
  by: string,
): Promise<AuditReport> {
  const at = clock.now()
  const { pointsPerYuan } = (await policyInForce(db, at)).document
  const report = await auditLedger(databases.pool, { parts, sealSecret: env.secrets.sealSecret, pointsPerYuan, at })
  await saveSetting(db, SETTING, report, at, by)
  return report
}
