import { randomUUID } from 'node:crypto'
import { dayOf } from '@pointbook/shared/day'
import { type Each, settingAside } from '../../../platform/set-aside.ts'
import type { Server } from '../../../server.ts'
import { type Expiry, expireMember } from './moves.ts'
import { type Due, readDue } from './store.ts'

// More than a batch of the book takes of background moves, so that the next batch is always ready.
const AT_ONCE = 128
const beginning: Due = { dueOn: '1970-01-01', memberId: 0 }

/** Ends all points past their last usable day. Taken up again after a crash, it does only what is left. Returns the points. */
export const expirePoints = (server: Server): Promise<number> => endDue(server, (memberIds) => memberIds, {})

/** Expires the points of these members that an import brought, at once and without notice. */
export const expireImported = (server: Server, members: ReadonlySet<number>): Promise<number> =>
  endDue(server, (memberIds) => memberIds.filter((memberId) => members.has(memberId)), { importRun: randomUUID() })

type Wanted = (memberIds: number[]) => number[]

const endDue = (server: Server, wanted: Wanted, run: Pick<Expiry, 'importRun'>): Promise<number> =>
  settingAside(server, 'expire-points', (each) => endEach(server, each, wanted, run))

async function endEach(server: Server, each: Each, wanted: Wanted, run: Pick<Expiry, 'importRun'>): Promise<number> {
  const { db, clock, offsetMinutes } = server
  const today = dayOf(clock.now(), offsetMinutes)
  let expired = 0
  let ending = Promise.resolve(0)
  let next = readDue(db, today, beginning, AT_ONCE)
  for (;;) {
    const due = await next
    if (due.length === 0) return expired + (await ending)
    next = readDue(db, today, due.at(-1)!, AT_ONCE)
    // A member with several last days may be read twice; the move runs once.
    const memberIds = wanted([...new Set(due.map(({ memberId }) => memberId))])
    // While the book writes some, the ones after them are handed in.
    const wishes = memberIds.map((memberId) => ({ memberId, today, ...run }))
    const following = endAll(server, each, wishes)
    // A failure of either is reported when it is awaited.
    for (const one of [next, following]) one.catch(() => {})
    expired += await ending
    ending = following
  }
}

async function endAll({ book }: Server, each: Each, wishes: Expiry[]): Promise<number> {
  const answers = await each(wishes, (wish) => book.submit(expireMember, wish, { behind: true }))
  return answers.reduce((sum, { outcome, repeated }) => sum + (repeated ? 0 : outcome.points), 0)
}
