import { adminRef } from '@pointbook/shared/references'
import type { AuditReport } from '../../../book/audit.ts'
import type { AuditPart } from '../../../book/audit-part.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { audit, lastReport } from './audit.ts'

export function auditRoutes(handle: Handle, server: Server, parts: readonly AuditPart[]) {
  let running: Promise<AuditReport> | null = null

  handle('GET /admin/ledger-audit', async () => {
    return { report: await lastReport(server) }
  })

  // A request during an audit gets the result of that audit, because it reads all books.
  handle('POST /admin/ledger-audit', async ({ caller: { login } }) => {
    running ??= audit(server, parts, adminRef(login)).finally(() => {
      running = null
    })
    return { report: await running }
  })
}
