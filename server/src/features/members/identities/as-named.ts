import { contract } from '@pointbook/shared/contract/index'
import type { Database } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { asServed } from './store.ts'

/** Gives operations their code; what the merchant asks for a merged double is refused with the record that was kept. */
export const asNamed =
  (handle: Handle, db: Database): Handle =>
  (op, run, options) =>
    handle(
      op,
      (exchange) => {
        const { memberId } = exchange.input as { memberId?: number }
        if (contract[op].for !== 'admin' || memberId === undefined) return run(exchange)
        return asServed(db, memberId, () => run(exchange))
      },
      options,
    )
