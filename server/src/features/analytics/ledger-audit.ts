import { type AuditReport, auditLedger } from '../../book/audit.ts'
import type { House } from '../../outside.ts'
import type { Handle } from '../../platform/http.ts'
import type { Job } from '../../platform/schedule.ts'
import { readSetting, saveSetting } from '../../platform/settings.ts'
import { policyInForce } from '../policy/store.ts'

const SETTING = 'ledger.audit'

export function ledgerAuditRoutes(handle: Handle, house: House) {
  let running: Promise<AuditReport> | null = null

  handle('GET /admin/ledger-audit', async () => {
    const kept = await readSetting<AuditReport>(house.db, SETTING)
    return { report: kept?.value ?? null }
  })

  // Whoever asks while an audit is under way gets that one: it reads all books, and once is enough.
  handle('POST /admin/ledger-audit', async ({ caller: { login } }) => {
    running ??= audit(house, `admin/${login}`).finally(() => {
      running = null
    })
    return { report: await running }
  })
}

/** Every night, before anybody looks. */
export const ledgerAuditJobs = (house: House): Job[] => [
  {
    name: 'ledger-audit',
    pattern: '30 3 * * *',
    run: async () => {
      const { passed, checks } = await audit(house, 'system')
      const failed = checks.filter((check) => !check.passed).map(({ id }) => id)
      if (!passed) house.log.error({ failed }, 'the ledger audit found faults')
    },
  },
]

async function audit({ db, databases, env, clock }: House, by: string): Promise<AuditReport> {
  const at = clock.now()
  const { pointsPerYuan } = (await policyInForce(db, at)).document
  const report = await auditLedger(databases.pool, { sealSecret: env.secrets.sealSecret, pointsPerYuan, at })
  await saveSetting(db, SETTING, report, at, by)
  return report
}
