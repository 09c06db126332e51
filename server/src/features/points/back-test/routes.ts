import { isDay } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { policyFaults } from '../../../core/policy-checks/policy-faults.ts'
import { record } from '../../../platform/audit-log.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { openBacktests } from './run.ts'

export function backTestRoutes(handle: Handle, server: Server, app: FastifyInstance) {
  const backtests = openBacktests(server)
  app.addHook('onClose', async () => void (await backtests.close()))

  async function find(id: string) {
    const found = (await backtests.list()).find((view) => view.id === id)
    if (!found) throw new Refusal('backtest.unknown')
    return found
  }

  handle('GET /admin/backtests', async () => ({ rows: await backtests.list() }))

  handle('GET /admin/backtests/:id', ({ input: { id } }) => find(id))

  handle('POST /admin/backtests', async ({ input: { policy, from, until, requestId }, caller: { login } }) => {
    if (!isDay(from) || !isDay(until) || from > until) throw new Refusal('input.invalid')
    if (policyFaults(policy).some(({ level }) => level === 'error')) throw new Refusal('policy.faulty')
    const { view, repeated } = await backtests.start({ policy, from, until, requestId })
    if (repeated) return view
    const text = `用 ${from} 至 ${until} 的消费试算「${policy.name}」`
    await record(server.db, server.clock.now(), {
      actor: `admin/${login}`,
      action: 'policy.backtest',
      subject: 'policy',
      text,
    })
    return view
  })

  handle('DELETE /admin/backtests/:id', async ({ input: { id } }) => (await backtests.cancel(id)) ?? (await find(id)))
}
