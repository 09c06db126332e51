import { type Events, send } from '../../../book/events.ts'
import type { Handlers, Server } from '../../../server.ts'
import { asHeld, heirOf } from '../../members/identities/store.ts'
import { readGrant, readWaiting } from './grant-store.ts'
import { grantCoupons, passCoupons } from './moves.ts'

const AT_ONCE = 256

/** One message handles this many members and then sends a message for the next ones. */
export const couponHandlers = (server: Server) =>
  ({
    'coupon-grant.due': { handle: (part) => giveSome(server, part) },
    'member.merged': {
      handle: async ({ keptId, doubleId }) => {
        await server.book.make(passCoupons, { keptId, doubleId })
      },
    },
  }) satisfies Handlers

/** After a crash it continues with the members who still wait. A member on whom it fails gets a message of their own. */
async function giveSome(
  { db, book, clock, log }: Server,
  { grantId, after = 0, memberId }: Events['coupon-grant.due'],
): Promise<void> {
  const grant = await readGrant(db, grantId)
  if (!grant) return
  const { kindId, pieces } = grant
  const give = (memberId: number) =>
    asHeld(async () => {
      const heirId = await heirOf(db, memberId)
      return book.make(grantCoupons, { grantId, memberId, heirId, kindId, pieces }, { behind: true })
    })
  if (memberId !== undefined) return void (await give(memberId))
  const waiting = await readWaiting(db, grantId, after, AT_ONCE)
  const results = await Promise.allSettled(waiting.map(give))
  const failed = waiting.filter((_, index) => results[index]!.status === 'rejected')
  if (failed.length > 0 && failed.length === waiting.length) throw (results[0] as PromiseRejectedResult).reason
  for (const memberId of failed) {
    log.warn({ grantId, memberId }, 'a grant of coupons failed on a member')
    await send(db, 'coupon-grant.due', { grantId, memberId }, clock.now())
  }
  if (waiting.length === AT_ONCE) await send(db, 'coupon-grant.due', { grantId, after: waiting.at(-1)! }, clock.now())
}
