import { isDay, isInstant } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { Refusal } from '@pointbook/shared/refusals'
import { causes } from '@pointbook/shared/words'
import type { House } from '../../outside.ts'
import { readActions, readLog, record } from '../../platform/audit-log.ts'
import { numberCursor, pageOf } from '../../platform/cursor.ts'
import type { Handle } from '../../platform/http.ts'
import { sha256 } from '../../platform/secrets.ts'
import { timeCursor, timeCursorOf } from '../../platform/time-order.ts'
import { orderCursor, orderMark, orderView, readOrdersOf } from '../mall/store.ts'
import { readMember } from '../members/store.ts'
import { identitiesOf } from '../merging/store.ts'
import { recordAct } from '../points/acts.ts'
import { entryDetails } from '../points/detail.ts'
import { extendByHand } from '../points/extend-by-hand.ts'
import { adjust, changeStanding } from '../points/moves.ts'
import { readProfile } from '../points/profile.ts'
import { readEntries } from '../points/store.ts'
import { readPolicy } from '../policy/store.ts'
import { whyLines } from '../policy/why.ts'
import { readPurchasesOf } from '../purchases/store.ts'
import { purchaseViews } from '../purchases/view.ts'
import { readDashboard } from './dashboard.ts'
import { readLiability } from './liability.ts'
import { readRecord } from './member-record.ts'
import { searchMembers } from './members.ts'
import { withNames } from './named-log.ts'

export function analyticsRoutes(handle: Handle, house: House) {
  const { db, book, clock } = house

  handle('GET /admin/dashboard', () => readDashboard(house))

  handle('GET /admin/liability', ({ input: { on } }) => readLiability(house, on))

  handle('GET /admin/audit-log', async ({ input: { q, action, cursor, limit = 20 } }) => {
    const before = timeCursor(cursor)
    const [found, actions] = await Promise.all([readLog(db, { q, action, before, limit: limit + 1 }), readActions(db)])
    const { rows, next } = pageOf(found, limit, timeCursorOf)
    return { rows: await withNames(db, rows), next, actions }
  })

  handle('GET /admin/members', async ({ input: { q = '', standing, tierId, tag, cursor, limit = 20 } }) => {
    const before = timeCursor(cursor)
    const { found, total } = await searchMembers(house, { q, standing, tierId, tag, before, limit: limit + 1 })
    return { ...pageOf(found, limit, ({ joinedAt, memberId }) => timeCursorOf({ at: joinedAt, id: memberId })), total }
  })

  handle('GET /admin/members/:memberId', ({ input: { memberId } }) => readRecord(house, memberId))

  handle('GET /admin/members/:memberId/entries', async ({ input: { memberId, until, cursor, limit = 20 } }) => {
    const before = numberCursor(cursor)
    if (until !== undefined && !isInstant(until)) throw new Refusal('input.invalid')
    await requireMember(house, memberId)
    const found = await readEntries(db, memberId, { before, until, limit: limit + 1 })
    const { rows, next } = pageOf(found, limit, ({ entry }) => entry.seq)
    return { rows: await entryDetails(house, memberId, rows), next }
  })

  handle('GET /admin/members/:memberId/purchases', async ({ input: { memberId, cursor, limit = 20 } }) => {
    const before = numberCursor(cursor)
    await requireMember(house, memberId)
    const found = await readPurchasesOf(db, memberId, before, limit + 1)
    const { rows, next } = pageOf(found, limit, ({ entrySeq }) => entrySeq)
    return { rows: await purchaseViews(db, rows), next }
  })

  handle('GET /admin/members/:memberId/redemptions', async ({ input: { memberId, cursor, limit = 20 } }) => {
    await requireMember(house, memberId)
    const memberIds = await identitiesOf(db, memberId)
    const found = await readOrdersOf(db, memberIds, { after: orderMark(cursor), limit: limit + 1 })
    const { rows, next } = pageOf(found, limit, orderCursor)
    return { rows: rows.map(orderView), next }
  })

  handle('POST /admin/members/:memberId/adjustments', async ({ input, caller: { login } }) => {
    const { memberId, points, balance, reason, requestId } = input
    const actor = `admin/${login}`
    const wish = { memberId, points, shown: { balance }, reason, actor, requestId }
    const { outcome, repeated } = await book.submit(adjust, wish)
    const change = points < 0 ? `扣减 ${group(-points)} 分` : `增加 ${group(points)} 分`
    const line = { actor, action: 'points.adjust', subject: `member/${memberId}`, text: `${change}：${reason}` }
    if (!repeated) await record(db, clock.now(), line)
    return outcome
  })

  handle('POST /admin/members/:memberId/extensions', async ({ input, caller: { login } }) => {
    const { memberId, endingBy, expiresOn, reason, points } = input
    if (!isDay(endingBy) || !isDay(expiresOn)) throw new Refusal('input.invalid')
    const actor = `admin/${login}`
    const { outcome, repeated } = await book.submit(extendByHand, {
      memberId,
      endingBy,
      expiresOn,
      reason,
      requestId: input.requestId,
      actor,
      shown: { points },
    })
    const text = `${group(outcome.points)} 分延期到 ${expiresOn}：${reason}`
    const line = { actor, action: 'points.extend', subject: `member/${memberId}`, text }
    if (!repeated) await record(db, clock.now(), line)
    return outcome
  })

  handle('POST /admin/members/:memberId/acts', async ({ input, caller: { login } }) => {
    const { memberId, trigger, code, note, requestId } = input
    const actor = `admin/${login}`
    const profile = await readProfile(house, memberId)
    // A reference is shorter than a request id may be.
    const ref = sha256(requestId).slice(0, 32)
    const act = {
      memberId,
      trigger,
      code,
      ref,
      onceKey: `act-by-hand/${ref}`,
      amountFen: 0,
      quantity: 1,
      profile,
      actor,
    }
    const { outcome, repeated } = await book.submit(recordAct, act)
    const { points, balance, policyVersion, why } = outcome
    const text = `${causes[trigger]}${code && `（${code}）`}，${group(points)} 分：${note}`
    const line = { actor, action: 'points.act', subject: `member/${memberId}`, text }
    if (!repeated) await record(db, clock.now(), line)
    return { points, balance, why: whyLines(why, (await readPolicy(db, policyVersion))?.document) }
  })

  handle('POST /admin/members/:memberId/standing', async ({ input, caller: { login } }) => {
    const { memberId, standing, reason, requestId } = input
    const { outcome, repeated } = await book.submit(changeStanding, { memberId, standing, reason, requestId })
    const text = `${standing === 'frozen' ? '冻结账户' : '解除冻结'}：${reason}`
    const line = { actor: `admin/${login}`, action: 'member.standing', subject: `member/${memberId}`, text }
    if (!repeated) await record(db, clock.now(), line)
    return outcome
  })
}

async function requireMember({ db }: House, memberId: number): Promise<void> {
  if (!(await readMember(db, memberId))) throw new Refusal('member.unknown')
}
