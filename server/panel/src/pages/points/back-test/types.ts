import type { Reply } from '../../../api/call.ts'

export type Backtest = Reply<'GET /admin/backtests/:id'>
