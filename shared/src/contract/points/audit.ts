import Type from 'typebox'
import { Count, Instant, Sum } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable } from '../http.ts'
import { Flows } from './statements.ts'

/** One check of the books: `faults` names the rows that fail it, at most 50. */
const AuditCheck = Exact({
  id: Type.String(),
  title: Type.String(),
  text: Type.String(),
  passed: Type.Boolean(),
  checked: Count,
  faults: Type.Array(Type.String()),
})

const AuditReport = Exact({
  at: Instant,
  tookMs: Type.Integer(),
  passed: Type.Boolean(),
  checks: Type.Array(AuditCheck),
  totals: Exact({ ...Flows.properties, outstanding: Sum, debt: Sum, outstandingFen: Sum }),
})

export const ledgerAudit = {
  'GET /admin/ledger-audit': {
    for: 'admin',
    permission: 'books.read',
    summary: 'The last audit of the books',
    reply: Exact({ report: Nullable(AuditReport) }),
  },
  'POST /admin/ledger-audit': {
    for: 'admin',
    permission: 'books.read',
    summary: 'Audit the books now',
    reply: Exact({ report: AuditReport }),
  },
} satisfies Endpoints

export type LedgerAuditApi = ApiOf<typeof ledgerAudit>
