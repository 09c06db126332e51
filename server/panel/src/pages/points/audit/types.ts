import type { Reply } from '../../../api/call.ts'

export type Report = NonNullable<Reply<'GET /admin/ledger-audit'>['report']>
