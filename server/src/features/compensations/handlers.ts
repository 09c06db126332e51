import type { House } from '../../outside.ts'
import { type OutboxHandler, send } from '../../platform/outbox.ts'
import { compensate } from './moves.ts'
import { readCompensation, readWaiting } from './store.ts'

const AT_ONCE = 256

/** One message gives to so many and then sends for the next, so that other messages have their turn in between. */
export const compensationHandlers = (house: House): Record<string, OutboxHandler> => ({
  'compensation.due': { handle: ({ compensationId }: { compensationId: number }) => giveSome(house, compensationId) },
})

/** Taken up again after a crash it goes on with those who still wait; who has been given the points has left the list. */
async function giveSome({ db, book, clock }: House, compensationId: number): Promise<void> {
  const [fault, waiting] = await Promise.all([
    readCompensation(db, compensationId),
    readWaiting(db, compensationId, AT_ONCE),
  ])
  if (!fault) return
  const { points, reason, madeBy: actor } = fault
  await Promise.all(
    waiting.map((memberId) =>
      book.make(compensate, { compensationId, memberId, points, reason, actor }, { behind: true }),
    ),
  )
  if (waiting.length === AT_ONCE) await send(db, 'compensation.due', { compensationId }, clock.now())
}
