import { message, send } from '@pointbook/server/book/events'
import type { Handlers } from '@pointbook/server/server'
import { expect, it } from 'vitest'

// Code that the compiler must refuse: `npm run check` fails when an expected error is missing.

const at = '2026-03-01T00:00:00.000Z'
const nobody = { insert: () => ({ values: async () => {} }) } as never

it('allows sending only listed events with their payloads', async () => {
  const { row } = message('profile.completed', { memberId: 7 }, at)
  expect(row).toMatchObject({ topic: 'profile.completed', payload: { memberId: 7 }, dueAt: at })
  // @ts-expect-error: no event has this name
  message('voucher.given', { memberId: 7 }, at)
  // @ts-expect-error: the points are missing
  message('points.compensated', { compensationId: 1, memberId: 7, reason: '' }, at)
  // @ts-expect-error: no event has this name
  await send(nobody, 'voucher.given', { memberId: 7 }, at)
  // @ts-expect-error: a member has a number
  await send(nobody, 'profile.completed', { memberId: 'seven' }, at)
})

it('allows handling only listed events with their payloads', () => {
  const handlers = {
    'profile.completed': { handle: async ({ memberId }) => void memberId.toFixed() },
  } satisfies Handlers
  expect(Object.keys(handlers)).toEqual(['profile.completed'])
  // @ts-expect-error: no event has this name
  ;({ 'voucher.given': { handle: async () => {} } }) satisfies Handlers
  // @ts-expect-error: the event carries no points
  ;({ 'profile.completed': { handle: async ({ points }) => void points } }) satisfies Handlers
})
