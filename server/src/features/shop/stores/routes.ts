import type { AuditAction } from '@pointbook/shared/audit-actions'
import { adminRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, ne } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import { differences, record } from '../../../platform/audit-log.ts'
import { definedColumns } from '../../../platform/database/defined-columns.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { AdminCaller, Handle } from '../../../platform/http.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import type { Server } from '../../../server.ts'
import { lockStore, readStores, type StoreRow } from './store.ts'
import { stores } from './tables.ts'

type StoreChange = Partial<Omit<StoreRow, 'id'>>

/** The number of orders waiting in a store. */
type CountWaiting = (tx: Transaction, storeId: number) => Promise<number>

export function storeRoutes(handle: Handle, { db, clock }: Server, countWaiting: CountWaiting) {
  handle('GET /admin/stores', async ({ caller: { storeIds } }) => {
    const rows = await readStores(db)
    return { rows: rows.filter(({ id }) => storeIds?.includes(id) ?? true).map(storeView) }
  })

  handle('POST /admin/stores', async ({ input: { requestId, name, address, hours, open }, caller }) => {
    const at = clock.now()
    const store = { name, address, hours, open }
    return once(db, { name: 'stores.add', requestId, input: store, at }, async (tx) => {
      const [{ insertId: id }] = await tx.insert(stores).values(store)
      await record(tx, at, { ...act(caller, 'store.add', id), text: `新增门店「${store.name}」`, detail: store })
      return storeView({ id, ...store })
    })
  })

  handle('PATCH /admin/stores/:storeId', async ({ input: { storeId, revision, ...wanted }, caller }) =>
    inTransaction(db, async (tx) => {
      const before = await lockStore(tx, storeId)
      if (!before) throw new Refusal('store.unknown')
      const { name, address, hours, open } = wanted
      const after = { ...editable(before), ...definedColumns({ name, address, hours, open }) }
      requireRevision(revision, editable(before), after)
      const detail = differences(editable(before), after)
      if (!detail) return storeView(before)
      await tx.update(stores).set(after).where(eq(stores.id, storeId))
      const orders = detail.after.open === false ? await countWaiting(tx, storeId) : 0
      if (orders > 0) throw new Refusal('store.orders-waiting', { orders })
      const text = await changeText(tx, before, detail.after)
      await record(tx, clock.now(), { ...act(caller, 'store.change', storeId), text, detail })
      return storeView({ id: storeId, ...after })
    }),
  )
}

const act = ({ login }: AdminCaller, action: AuditAction, storeId: number) => ({
  actor: adminRef(login),
  action,
  subject: subjectRef('store', storeId),
})

const editable = ({ name, address, hours, open }: StoreRow) => ({ name, address, hours, open })

const storeView = (store: StoreRow) => ({
  storeId: store.id,
  ...editable(store),
  revision: revisionOf(editable(store)),
})

async function changeText(tx: Transaction, before: StoreRow, change: StoreChange): Promise<string> {
  if (change.open === true && !before.open) return `启用门店「${before.name}」`
  if (change.open !== false || !before.open) return `修改门店「${before.name}」`
  const others = await tx
    .select({ id: stores.id })
    .from(stores)
    .where(and(eq(stores.open, true), ne(stores.id, before.id)))
    .limit(1)
  return `停用门店「${before.name}」${others.length ? '' : '（已没有营业中的门店，会员暂时无法到店兑换）'}`
}
