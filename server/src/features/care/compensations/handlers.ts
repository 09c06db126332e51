import { type Events, send } from '../../../book/events.ts'
import type { Handlers, Server } from '../../../server.ts'
import { asHeld, heirOf } from '../../members/identities/store.ts'
import { compensate } from './moves.ts'
import { readCompensation, readWaiting } from './store.ts'

const AT_ONCE = 256

/**
 * One message handles this many members and then sends a message for the next ones, so that other messages are handled in
 * between.
 */
export const compensationHandlers = (server: Server) =>
  ({
    'compensation.due': { handle: (part) => giveSome(server, part) },
  }) satisfies Handlers

/**
 * After a crash it continues with the members who are still waiting. A member on whom it fails gets a separate message, which the
 * outbox repeats and finally sets aside.
 */
async function giveSome(
  { db, book, clock, log }: Server,
  { compensationId, after = 0, memberId }: Events['compensation.due'],
): Promise<void> {
  const fault = await readCompensation(db, compensationId)
  if (!fault) return
  const { points, reason, madeBy: actor } = fault
  const give = (memberId: number) =>
    asHeld(async () => {
      const heirId = await heirOf(db, memberId)
      return book.make(compensate, { compensationId, memberId, heirId, points, reason, actor }, { behind: true })
    })
  if (memberId !== undefined) return void (await give(memberId))
  const waiting = await readWaiting(db, compensationId, after, AT_ONCE)
  const results = await Promise.allSettled(waiting.map(give))
  const failed = waiting.filter((_, index) => results[index]!.status === 'rejected')
  if (failed.length > 0 && failed.length === waiting.length) throw (results[0] as PromiseRejectedResult).reason
  for (const memberId of failed) {
    log.warn({ compensationId, memberId }, 'a compensation failed on a member')
    await send(db, 'compensation.due', { compensationId, memberId }, clock.now())
  }
  if (waiting.length === AT_ONCE)
    await send(db, 'compensation.due', { compensationId, after: waiting.at(-1)! }, clock.now())
}
