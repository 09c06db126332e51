import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, addMonths, type Day, dayOf, hourOf, startOf } from '@pointbook/shared/day'
import { usableAmount } from '../../../core/assets/lots.ts'
import type { Lot } from '../../../core/assets/posting.ts'
import {
  bestTreat,
  type Expiring,
  isReminderHour,
  remindersDue,
  type Treat,
} from '../../../core/reminders/reminders.ts'
import type { Job } from '../../../platform/schedule.ts'
import { type Each, settingAside } from '../../../platform/set-aside.ts'
import type { Server } from '../../../server.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { readShop } from '../../shop/settings/store.ts'
import { sweepPushNonces } from './push-nonces.ts'
import { deleteOldest, membersToRemind, readLotsOf, readTreats } from './store.ts'
import { tell } from './tell.ts'
import { expiryNotice } from './words.ts'

const AT_ONCE = 50
const AT_ONCE_DELETED = 1_000

export const messageJobs = (server: Server): Job[] => [
  { name: 'expiry-reminders', pattern: '0 * * * *', run: () => remindInHours(server) },
  { name: 'sweep-inbox', pattern: '10 5 * * *', run: () => sweepInbox(server) },
  { name: 'sweep-push-nonces', pattern: '45 * * * *', run: () => sweepPushNonces(server.db) },
]

/** Deletes the messages that are older than the shop keeps them. Returns their number. */
async function sweepInbox({ db, clock, offsetMinutes }: Server): Promise<number> {
  const { keepMessagesMonths } = await readShop(db)
  const keptFrom = startOf(addMonths(dayOf(clock.now(), offsetMinutes), -keepMessagesMonths), offsetMinutes)
  for (let deleted = 0; ; ) {
    const now = await deleteOldest(db, keptFrom, AT_ONCE_DELETED)
    if (now === 0) return deleted
    deleted += now
  }
}

async function remindInHours(server: Server): Promise<number> {
  const now = server.clock.now()
  const { document: policy } = await policyInForce(server.db, now)
  return isReminderHour(policy.reminder, hourOf(now, server.offsetMinutes)) ? remindExpiring(server) : 0
}

/**
 * Reminds members of points that expire soon, at any hour. Iterates over the days ahead and, within each, over the members by
 * number. Members already notified are skipped, so it can be interrupted and repeated. Returns how many were notified now.
 */
export const remindExpiring = (server: Server): Promise<number> =>
  settingAside(server, 'expiry-reminders', (each) => remindEach(server, each))

async function remindEach(server: Server, each: Each): Promise<number> {
  const { db, clock, offsetMinutes } = server
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const [{ document: policy }, treats] = await Promise.all([policyInForce(db, now), readTreats(db)])
  const { enabled, daysBefore } = policy.reminder
  let notified = 0
  for (let ahead = 0; enabled && ahead <= daysBefore; ahead++) {
    notified += await remindOf(server, addDays(today, ahead), { policy, treats, today, each })
  }
  return notified
}

interface Round {
  policy: Policy
  treats: Treat[]
  today: Day
  each: Each
}

async function remindOf(server: Server, on: Day, { policy, treats, today, each }: Round): Promise<number> {
  let notified = 0
  for (let after = 0; ; ) {
    const memberIds = await membersToRemind(server.db, on, after, AT_ONCE)
    if (memberIds.length === 0) return notified
    const lots = await readLotsOf(server.db, memberIds)
    const expiring = lots.filter((lot) => lot.expiresOn === on)
    const due = remindersDue(policy.reminder, expiring, today)
    const results = await each(due, (one) => remind(server, one, lots, treats, today))
    notified += results.filter(({ isNew }) => isNew).length
    after = memberIds.at(-1)!
  }
}

function remind(server: Server, expiring: Expiring, lots: readonly Lot[], treats: readonly Treat[], today: Day) {
  const own = lots.filter((lot) => lot.memberId === expiring.memberId)
  return tell(server, expiryNotice(expiring, bestTreat(treats, usableAmount(own, today)), server.env))
}
