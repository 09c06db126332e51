import { watchRefusals } from '@pointbook/server/platform/refusals'
import { expect, it, vi } from 'vitest'

const error = vi.fn()
const log = { error } as unknown as Parameters<typeof watchRefusals>[1]

it('logs an unlisted code of an operation once', () => {
  const watch = watchRefusals({ mode: 'production' }, log)
  for (let times = 0; times < 2; times++) {
    watch('GET /shop', 'order.unknown')
    watch('GET /shop', 'server.busy')
    watch('GET /me/redemptions/:orderNo', 'order.unknown')
    watch(null, 'order.unknown')
    watch(null, 'route.unknown')
  }
  const text = 'a refusal that the contract does not list'
  expect(error.mock.calls).toEqual([
    [{ operation: 'GET /shop', code: 'order.unknown' }, text],
    [{ operation: null, code: 'order.unknown' }, text],
  ])
})

it('fails a test run that sends an unlisted code', () => {
  vi.useFakeTimers()
  watchRefusals({ mode: 'test' }, log)('GET /shop', 'order.unknown')
  expect(() => vi.runAllTimers()).toThrow('GET /shop: order.unknown is refused and not listed')
  vi.useRealTimers()
})
