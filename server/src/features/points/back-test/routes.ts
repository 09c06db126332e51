import { isDay } from '@pointbook/shared/day'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { once } from '../../../book/once.ts'
import { policyFaults } from '../../../core/policy-checks/policy-faults.ts'
import { record } from '../../../platform/audit-log.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { openBacktests } from './run.ts'

export function backTestRoutes(handle: Handle, server: Server, app: FastifyInstance) {
  const { db, clock } = server
  const backtests = openBacktests(server)
  app.addHook('onClose', async () => void (await backtests.close()))

  async function find(id: string) {
    const backtest = (await backtests.list()).find((view) => view.id === id)
    if (!backtest) throw new Refusal('backtest.unknown')
    return backtest
  }

  handle('GET /admin/backtests', async () => ({ rows: await backtests.list() }))

  handle('GET /admin/backtests/:id', ({ input: { id } }) => find(id))

  handle('POST /admin/backtests', async ({ input: { policy, from, until, requestId }, caller: { login } }) => {
    if (!isDay(from) || !isDay(until) || from > until) throw new Refusal('input.invalid')
    if (policyFaults(policy).some(({ level }) => level === 'error')) throw new Refusal('policy.faulty')
    const [at, actor] = [clock.now(), adminRef(login)]
    const text = `用 ${from} 至 ${until} 的消费试算「${policy.name}」`
    const request = { name: 'policy.backtest', requestId, input: { policy, from, until }, at }
    // A repeated request starts the back-test too, and writes its audit log line once.
    const log = () =>
      once(db, request, async (tx) => {
        await record(tx, at, { actor, action: 'policy.backtest', subject: 'policy', text })
        return null
      })
    return backtests.start({ policy, from, until, requestId }, log)
  })

  handle('DELETE /admin/backtests/:id', async ({ input: { id } }) => (await backtests.cancel(id)) ?? (await find(id)))
}
