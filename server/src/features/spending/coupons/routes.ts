import { randomUUID } from 'node:crypto'
import { dayOf } from '@pointbook/shared/day'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { withNewId } from '../../../book/new-id.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { readMember } from '../../members/directory/store.ts'
import { changeKind, makeKind } from './kind-moves.ts'
import { voidCoupon } from './moves.ts'
import { countUsable, readAllOf, readKinds, readOver, readUsable, requireCoupons, requireKind } from './store.ts'
import { couponKindsTable } from './tables.ts'
import { couponView, kindView, readNames } from './words.ts'

export function couponRoutes(handle: Handle, { db, book, clock, offsetMinutes }: Server) {
  const today = () => dayOf(clock.now(), offsetMinutes)

  const shown = async (kindId: number) => kindView(await requireKind(db, kindId), await readNames(db))

  handle('GET /admin/coupons', async () => {
    const [kinds, names] = await Promise.all([readKinds(db), readNames(db)])
    return { rows: kinds.map((kind) => kindView(kind, names)) }
  })

  handle('GET /admin/coupons/:kindId', ({ input: { kindId } }) => shown(kindId))

  handle('POST /admin/coupons', async ({ input: { requestId, ...kind }, caller: { login } }) => {
    const wish = { kind, actor: adminRef(login), requestId }
    const make = (kindId: number) => book.make(makeKind, { kindId, ...wish })
    return shown((await withNewId(db, couponKindsTable.id, 'coupon.kind-taken', make)).kindId)
  })

  handle('PUT /admin/coupons/:kindId', async ({ input: { kindId, revision, ...kind }, caller: { login } }) => {
    const { version } = (await requireKind(db, kindId)).kind
    await book.make(changeKind, { kindId, revision, version, kind, actor: adminRef(login), requestId: randomUUID() })
    return shown(kindId)
  })

  handle('GET /admin/members/:memberId/coupons', async ({ input: { memberId } }) => {
    if (!(await readMember(db, memberId))) throw new Refusal('member.unknown')
    const [rows, names] = await Promise.all([readAllOf(db, memberId), readNames(db)])
    return {
      rows: rows.map((row) => ({
        ...couponView(row, names, today()),
        seq: row.coupon.seq,
        source: row.coupon.source,
      })),
    }
  })

  handle('POST /admin/members/:memberId/coupons/:seq/voiding', async ({ input, caller: { login } }) => {
    const { memberId, seq, reason, requestId } = input
    const [coupon] = await requireCoupons(db, memberId, [seq])
    return book.make(voidCoupon, { memberId, seq, kindId: coupon!.kindId, reason, actor: adminRef(login), requestId })
  })

  handle('GET /me/coupons', async ({ input: { state }, caller: { memberId } }) => {
    const read = state === 'usable' ? readUsable(db, memberId, today()) : readOver(db, memberId, state, today())
    const [rows, names, usable] = await Promise.all([read, readNames(db), countUsable(db, memberId, today())])
    return { rows: rows.map((row) => couponView(row, names, today())), usable }
  })
}
